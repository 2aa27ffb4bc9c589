import { createTransport, type Transporter } from 'nodemailer'
import type { Database } from '../database/database.ts'
import { JobFailed } from '../jobs/kind.ts'

/** Where letters go and whom they come from. */
export interface MailPlace {
  /** Of an SMTP server: `smtps://user:password@mail.example.org`. */
  readonly url: string
  /** "Plumbline <plumbline@example.org>" */
  readonly from: string
  /** The host in the number of every letter: `plumbline.example.org`. */
  readonly host: string
}

interface Claimed {
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Seconds for which a letter is one carrier's; longer than any sending may take. */
const claim = 120

const waits = 'id = $1 and sent_at is null and given_up_at is null'
const claimIt = `update letter set tries = tries + 1, next_try_at = now() + ${claim} * interval '1 second'
  where ${waits} and next_try_at <= now() and useful_until > now()
  returning address, subject, body, headers`
const markSent = `update letter set sent_at = now(), body = null, last_error = null where id = $1`
const giveBack = `update letter set last_error = $2, next_try_at = now(),
  given_up_at = case when $3 then now() end, body = case when $3 then null else body end
  where id = $1`
const dropUseless = `update letter set given_up_at = now(), body = null
  where ${waits} and useful_until <= now()`

/** What a letter itself can be refused at: its address and its words. All else may be right again tomorrow. */
const ofLetter: readonly string[] = ['RCPT TO', 'DATA']

/** What went wrong, without the server's words: they may name whom the letter is to. */
function errorWord(error: unknown): { word: string; isFinal: boolean } {
  const { code, command, responseCode } = error as {
    code?: string
    command?: string
    responseCode?: number
  }
  const isFinal =
    responseCode !== undefined && responseCode >= 500 && ofLetter.includes(command ?? '')
  return {
    word: [code, responseCode].filter((x) => x !== undefined).join(' ') || 'failed',
    isFinal,
  }
}

/**
 * Sends letters that were posted. A letter keeps its number (`Message-ID`) whatever happens: one that was
 * taken in the moment in which this process died is sent again as the same letter, which mailboxes show once.
 */
export class Carrier {
  readonly #db: Database
  readonly #place: MailPlace
  readonly #transport: Transporter

  constructor(db: Database, place: MailPlace) {
    this.#db = db
    this.#place = place
    this.#transport = createTransport({
      url: place.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  /**
   * Sends one letter. One that was sent, given up or is of no use any more is left, and so is one that the
   * mail server refuses for good.
   * @throws JobFailed where it is to be tried again.
   */
  async send(id: string): Promise<void> {
    const [letter] = await this.#db.query<Claimed>(claimIt, [id])
    if (!letter) return this.#leave(id)
    try {
      await this.#transport.sendMail({
        from: this.#place.from,
        to: { name: '', address: letter.address },
        subject: letter.subject,
        text: letter.body,
        messageId: `<${id}@${this.#place.host}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
      })
    } catch (error) {
      const { word, isFinal } = errorWord(error)
      await this.#db.query(giveBack, [id, word, isFinal])
      if (isFinal) return
      throw new JobFailed(`The mail server could not take a letter (${word}).`)
    }
    await this.#db.query(markSent, [id])
  }

  /** Ends the connections to the mail server. */
  close(): void {
    this.#transport.close()
  }

  async #leave(id: string): Promise<void> {
    await this.#db.query(dropUseless, [id])
    const [other] = await this.#db.query(`select id from letter where ${waits}`, [id])
    if (other) throw new JobFailed('Another process is sending this letter.')
  }
}
