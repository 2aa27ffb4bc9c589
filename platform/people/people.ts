import type { Database } from '../database/database.ts'
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
}

interface Opened {
  readonly signIn: SignIn
  readonly sessions: Sessions
}

/** Signing in, and who is signed in. The library that does it is loaded at first need. */
export class People {
  readonly db: Database
  readonly secret: string
  readonly isSecure: boolean
  readonly walkIn: () => Promise<boolean>
  #opened: Promise<Opened> | null = null

  constructor({ db, secret, isSecure, walkIn }: PeoplePlace) {
    this.db = db
    this.secret = secret
    this.isSecure = isSecure
    this.walkIn = walkIn
  }

  open(): Promise<Opened> {
    this.#opened ??= this.#open()
    return this.#opened
  }

  async #open(): Promise<Opened> {
    const { makeAuth } = await import('./auth.ts')
    const { db, secret } = this
    const auth = makeAuth(db, this)
    return {
      signIn: new SignIn({ db, auth, secret }),
      sessions: new Sessions(db, auth, this.walkIn),
    }
  }
}
