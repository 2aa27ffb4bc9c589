import type { Database } from '../database/database.ts'
import { post } from '../mail/post.ts'
import type { Auth } from './auth.ts'
import { isWithin, networkOf } from './counts.ts'
import { signInLetter } from './letters.ts'
import { linkPrefix, proofSeconds } from './proof.ts'
import { keyed } from './secret.ts'

/** Who asks, as far as it is counted or remembered. */
export interface Asker {
  readonly ip: string
  /** A secret of this browser alone, by which it is known again for a quarter of an hour. */
  readonly browser: string
}

/** A sign-in that was proved: what the browser is to keep, as `Set-Cookie` headers. */
export interface SignedIn {
  readonly kind: 'signed-in'
  readonly cookies: readonly string[]
}

/** Why nobody is signed in. */
export type NotSignedIn = { readonly kind: 'wrong' } | { readonly kind: 'too-often' }

export interface SignInPlace {
  readonly db: Database
  readonly auth: Auth
  readonly secret: string
}

/** Signing in by a mailed code or link: asking for it, and using it. */
export class SignIn {
  readonly #db: Database
  readonly #auth: Auth
  readonly #secret: string

  constructor({ db, auth, secret }: SignInPlace) {
    this.#db = db
    this.#auth = auth
    this.#secret = secret
  }

  /**
   * Posts a letter with a code and a link. Whether the address is known makes no difference to what is done,
   * nor to how long it takes: who proves to read it for the first time is a new citizen.
   * @param home the address of this Plumbline, for the link.
   * @returns false where this network has asked too often; too many letters to one address are left out silently.
   */
  async ask(email: string, home: string, { ip }: Asker): Promise<boolean> {
    const { from, to } = { from: this.#who('network', networkOf(ip)), to: this.#who('to', email) }
    if (!(await isWithin(this.#db, 'letter-from', from))) return false
    if (!(await isWithin(this.#db, 'letter-to', to))) return true
    const code = await this.#newCode(email, to)
    const link = `${home}/sign-in/link?token=${await this.#newLink(email)}`
    await this.#db.transaction((tx) =>
      post(tx, { ...signInLetter({ code, link, now: new Date() }), to: email }),
    )
    return true
  }

  /** Signs in who knows the code that was mailed to the address. */
  async byCode(email: string, code: string, asker: Asker): Promise<SignedIn | NotSignedIn> {
    const proof = keyed(this.#secret, 'code', `${email} ${code}`)
    return this.#prove({ proof, email }, asker, async () => {
      const cookies = await this.#cookiesOf(() =>
        this.#auth.api.signInEmailOTP({ body: { email, otp: code }, returnHeaders: true }),
      )
      return cookies && { email, cookies }
    })
  }

  /** Signs in who was mailed the link. */
  async byLink(token: string, asker: Asker): Promise<SignedIn | NotSignedIn> {
    const proof = keyed(this.#secret, 'proof', token)
    const email = await this.addressOf(token)
    return this.#prove({ proof, email }, asker, async () => {
      const cookies = email === null ? null : await this.#useLink(token)
      return email !== null && cookies ? { email, cookies } : null
    })
  }

  /** Whose link it is; null where it has been used, or is too old. */
  async addressOf(token: string): Promise<string | null> {
    const [stored] = await this.#db.query<{ email: string }>(
      `select value::json ->> 'email' as email from sign_in_proof
       where identifier = $1 and expires_at > now()`,
      [linkPrefix + keyed(this.#secret, 'proof', token)],
    )
    return stored?.email ?? null
  }

  /** Whether this browser has signed in by the link a moment ago, and may do so again. */
  async hasUsed(token: string, { browser }: Asker): Promise<boolean> {
    const used = await this.#usedBy(keyed(this.#secret, 'proof', token), browser)
    return used !== null
  }

  /** The address that a browser has proved by a code or link, while that is of use; else null. */
  async #usedBy(proof: string, browser: string): Promise<string | null> {
    const [before] = await this.#db.query<{ email: string }>(
      `select email from sign_in_use where proof = $1 and browser = $2 and expires_at > now()`,
      [proof, this.#who('browser', browser)],
    )
    return before?.email ?? null
  }

  /** Forgets what a browser has signed in by: a used link is of no use to who sits there next. */
  async forgetBrowser(browser: string): Promise<void> {
    await this.#db.query('delete from sign_in_use where browser = $1', [
      this.#who('browser', browser),
    ])
  }

  /** Signs in the person of an address without a letter: for those of the example area alone. */
  async withoutLetter(email: string): Promise<readonly string[] | null> {
    return this.#useLink(await this.#newLink(email))
  }

  /**
   * Uses a proof once; a second time, by the same browser and within its time, it is a success as well. One
   * after the other for each address, so that of two clicks, or of a code and a link at once, the second
   * finds what the first did.
   */
  async #prove(
    { proof, email }: { readonly proof: string; readonly email: string | null },
    { ip, browser }: Asker,
    use: () => Promise<{ email: string; cookies: readonly string[] } | null>,
  ): Promise<SignedIn | NotSignedIn> {
    const who = this.#who('network', networkOf(ip))
    if (!(await isWithin(this.#db, 'try-from', who))) return { kind: 'too-often' }
    return this.#db.lock(`sign-in ${this.#who('to', email ?? proof)}`, async () => {
      const used = await use()
      if (used) {
        const by = this.#who('browser', browser)
        await this.#db.query(
          `insert into sign_in_use (proof, browser, email, expires_at)
           values ($1, $2, $3, now() + $4 * interval '1 second')
           on conflict (proof) do update
           set browser = excluded.browser, expires_at = excluded.expires_at`,
          [proof, by, used.email, proofSeconds],
        )
        return { kind: 'signed-in', cookies: used.cookies }
      }
      const before = await this.#usedBy(proof, browser)
      const cookies = before === null ? null : await this.withoutLetter(before)
      return cookies ? { kind: 'signed-in', cookies } : { kind: 'wrong' }
    })
  }

  /** A new code in place of an older one. */
  #newCode(email: string, who: string): Promise<string> {
    return this.#db.lock(`sign-in code ${who}`, async () => {
      await this.#db.query('delete from sign_in_proof where identifier = $1', [
        `sign-in-otp-${email}`,
      ])
      return this.#auth.api.createVerificationOTP({ body: { email, type: 'sign-in' } })
    })
  }

  async #newLink(email: string): Promise<string> {
    let made = ''
    const take = (token: string): void => {
      made = token
    }
    await this.#auth.api.signInMagicLink({
      body: { email, metadata: { take } },
      headers: new Headers(),
    })
    return made
  }

  #useLink(token: string): Promise<readonly string[] | null> {
    return this.#cookiesOf(() =>
      this.#auth.api.magicLinkVerify({
        query: { token },
        headers: new Headers(),
        returnHeaders: true,
      }),
    )
  }

  /** The cookies of a call; null where the library refuses it. */
  async #cookiesOf(call: () => Promise<{ headers: Headers }>): Promise<readonly string[] | null> {
    try {
      const cookies = (await call()).headers.getSetCookie()
      return cookies.length > 0 ? cookies : null
    } catch (error) {
      // A refusal has a status of its own; anything else is a fault of ours.
      if (typeof (error as { statusCode?: unknown }).statusCode === 'number') return null
      throw error
    }
  }

  #who(purpose: string, text: string): string {
    return keyed(this.#secret, purpose, text)
  }
}
