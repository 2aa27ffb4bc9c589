import { createTransport, type Transporter } from 'nodemailer'
import type { Database } from '../database/database.ts'

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
  readonly id: string
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly tries: number
}

/** Seconds for which a letter is one carrier's; longer than any sending may take. */
const claim = 120

// Whoever claims a letter puts its next try off, so that no other carrier takes it meanwhile.
const claimOne = `update letter set tries = tries + 1, next_try_at = now() + ${claim} * interval '1 second'
  where id = (
    select id from letter
    where sent_at is null and given_up_at is null and next_try_at <= now() and useful_until > now()
    order by posted_at limit 1 for update skip locked)
  returning id, address, subject, body, headers, tries`

const markSent = `update letter set sent_at = now(), body = null, last_error = null where id = $1`
const putOff = `update letter set last_error = $2, next_try_at = now() + $3 * interval '1 second',
  given_up_at = case when $4 then now() end, body = case when $4 then null else body end
  where id = $1`
const dropUseless = `update letter set given_up_at = now(), body = null
  where sent_at is null and given_up_at is null and useful_until <= now()`

/** After the first failure half a minute, then twice as long each time, at most an hour. */
const waitAfter = (tries: number): number => Math.min(30 * 2 ** (tries - 1), 3600)

/** What went wrong, without the server's words: they may name whom the letter is to. */
function errorWord(error: unknown): { word: string; isFinal: boolean } {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const isFinal = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH'
  return {
    word: [code, responseCode].filter((x) => x !== undefined).join(' ') || 'failed',
    isFinal,
  }
}

/**
 * Sends what is posted. A letter keeps its number (`Message-ID`) whatever happens: one that was taken in the
 * moment in which this process died is sent again as the same letter, which mailboxes show once.
 */
export class Carrier {
  readonly #db: Database
  readonly #place: MailPlace
  readonly #transport: Transporter
  readonly #every: number
  #timer: NodeJS.Timeout | null = null
  #round: Promise<void> | null = null
  #isAsked = false
  #isClosed = false

  /** @param every seconds between two looks for letters that other processes posted. */
  constructor(db: Database, place: MailPlace, every = 30) {
    this.#db = db
    this.#place = place
    this.#every = every
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

  start(): void {
    this.#timer = setInterval(() => void this.wake(), this.#every * 1000)
    this.#timer.unref()
    void this.wake()
  }

  /** Sends all that waits; call it after a transaction that has posted something. */
  wake(): Promise<void> {
    this.#isAsked = true
    this.#round ??= this.#rounds().finally(() => {
      this.#round = null
    })
    return this.#round
  }

  /** Ends after the letter that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer) clearInterval(this.#timer)
    await this.#round
    this.#transport.close()
  }

  async #rounds(): Promise<void> {
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false
      await this.#db.query(dropUseless).catch(() => [])
      while (!this.#isClosed && (await this.#sendOne())) {
        // The next one.
      }
    }
  }

  async #sendOne(): Promise<boolean> {
    // A database that is away for a moment is asked again at the next look.
    const [letter] = await this.#db.query<Claimed>(claimOne).catch((): Claimed[] => [])
    if (!letter) return false
    try {
      await this.#transport.sendMail({
        from: this.#place.from,
        to: { name: '', address: letter.address },
        subject: letter.subject,
        text: letter.body,
        messageId: `<${letter.id}@${this.#place.host}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
      })
      await this.#db.query(markSent, [letter.id])
    } catch (error) {
      const { word, isFinal } = errorWord(error)
      await this.#db
        .query(putOff, [letter.id, word, waitAfter(letter.tries), isFinal])
        .catch(() => [])
    }
    return true
  }
}
