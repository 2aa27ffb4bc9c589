import type { Database } from '../database/database.ts'
import type { OpenId, OpenIdService } from './open-id.ts'
import type { Passkeys } from './passkeys.ts'
import { Sessions } from './sessions.ts'
import { SignIn } from './sign-in.ts'

export interface PeoplePlace {
  readonly db: Database
  /** Signs cookies and keys hashes: `secretAt`. */
  readonly secret: string
  /** Whether visitors come by https: their cookies are then sent by it alone. */
  readonly isSecure: boolean
  /** Whether people of the example area may be signed in now. */
  readonly walkIn: () => Promise<boolean>
  /** A service by which people can sign in; null or left out where there is none. */
  readonly service?: OpenIdService | null
}

interface Opened {
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly passkeys: Passkeys
  readonly openId: OpenId | null
}

/** Signing in, and who is signed in. The library that does it is loaded at first need. */
export class People {
  readonly db: Database
  readonly secret: string
  readonly isSecure: boolean
  readonly walkIn: () => Promise<boolean>
  readonly service: OpenIdService | null
  #opened: Promise<Opened> | null = null

  constructor({ db, secret, isSecure, walkIn, service = null }: PeoplePlace) {
    this.db = db
    this.secret = secret
    this.isSecure = isSecure
    this.walkIn = walkIn
    this.service = service
  }

  open(): Promise<Opened> {
    this.#opened ??= this.#open()
    return this.#opened
  }

  async #open(): Promise<Opened> {
    const { makeAuth } = await import('./auth.ts')
    const { Passkeys } = await import('./passkeys.ts')
    const { db, secret, service } = this
    const auth = makeAuth(db, this)
    const signIn = new SignIn({ db, auth, secret })
    return {
      signIn,
      sessions: new Sessions(db, auth, this.walkIn),
      passkeys: new Passkeys({ db, secret, signIn }),
      openId: service && new (await import('./open-id.ts')).OpenId({ db, secret, signIn, service }),
    }
  }
}
