import type { Database } from '../database/database.ts'
import { asPerson } from './as-person.ts'
import type { Auth } from './auth.ts'
import { grantsOf } from './grants.ts'
import { forgetProofs } from './proof.ts'
import { anyone, type Viewer } from './roles.ts'
import { longestSeconds } from './session-length.ts'
import { isShutSql } from './shutting.ts'

/** Who a request comes from, and what its browser is to keep, as `Set-Cookie` headers. */
export interface Seen {
  readonly viewer: Viewer
  readonly session: string | null
  /** When they signed in, with this session. */
  readonly signedInAt: Date | null
  readonly cookies: readonly string[]
}

/** A place where a person is signed in. */
export interface SessionLine {
  readonly id: string
  readonly began: string
  /** To the nearest ten minutes. */
  readonly lastUsed: string
}

const nobody: Seen = { viewer: anyone, session: null, signedInAt: null, cookies: [] }

/** Who is signed in where. A session is a row: without its row, a browser's cookie is worth nothing. */
export class Sessions {
  readonly #db: Database
  readonly #auth: Auth
  readonly #invented: () => Promise<boolean>

  /** @param invented whether people of the example area may be signed in now. */
  constructor(db: Database, auth: Auth, invented: () => Promise<boolean>) {
    this.#db = db
    this.#auth = auth
    this.#invented = invented
  }

  /** Reads a request's cookies. Using a session lengthens it; no session is longer than a week. */
  async seen(cookie: string | undefined): Promise<Seen> {
    if (cookie === undefined || !cookie.includes('session_token=')) return nobody
    const found = await this.#auth.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    })
    const cookies = found.headers.getSetCookie()
    const { session, user } = found.response ?? {}
    if (!session || !user) return { ...nobody, cookies }
    if (session.createdAt.getTime() + longestSeconds * 1000 < Date.now()) {
      await this.end(session.id)
      return nobody
    }
    const [person] = await this.#db.query<{ pseudonym: string; invented: boolean; shut: boolean }>(
      `select pseudonym, invented, ${isShutSql('$1::uuid')} as shut from person where id = $1`,
      [user.id],
    )
    if (!person || person.shut || (person.invented && !(await this.#invented()))) return nobody
    const grants = await grantsOf(this.#db, user.id)
    const viewer = { person: { id: user.id, pseudonym: person.pseudonym }, grants }
    return { viewer, session: session.id, signedInAt: session.createdAt, cookies }
  }

  async list(person: string): Promise<SessionLine[]> {
    return asPerson(this.#db, person, (tx) =>
      tx.query<SessionLine>(
        `select id, created_at as began, updated_at as "lastUsed" from person_session
         where person_id = $1 and expires_at > now() order by updated_at desc`,
        [person],
      ),
    )
  }

  /** Ends the session of a browser; gives the cookies that make it forget. */
  async signOut(cookie: string | undefined): Promise<readonly string[]> {
    const headers = new Headers(cookie === undefined ? {} : { cookie })
    const { headers: found } = await this.#auth.api.signOut({ headers, returnHeaders: true })
    return found.getSetCookie()
  }

  /** Ends a session of this person; another's is left as it is. */
  async endOwn(person: string, session: string): Promise<void> {
    await asPerson(this.#db, person, (tx) =>
      tx.query('delete from person_session where id = $1 and person_id = $2', [session, person]),
    )
    await this.#db.transaction((tx) => forgetProofs(tx, person))
  }

  async end(session: string): Promise<void> {
    await this.#db.query('delete from person_session where id = $1', [session])
  }

  /** Ends every session of a person, and what a browser could still sign in again by. */
  async endAll(person: string): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.query('delete from person_session where person_id = $1', [person])
      await forgetProofs(tx, person)
    })
  }
}
