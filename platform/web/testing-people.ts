import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testPGlite } from '../database/testing.ts'
import { Downloads } from '../downloads/downloads.ts'
import { DownloadRefused } from '../downloads/make-file.ts'
import { grantRole } from '../people/grants.ts'
import { testPeople } from '../people/testing.ts'
import { Pushes } from '../pushes/pushes.ts'
import { fixtureReader } from './fixture.ts'
import type { PeopleDoor } from './people-door.ts'
import { buildServer, type ServerOptions } from './server.ts'

const noFolder = join(tmpdir(), 'plumbline-none')
const makesNone = async (): Promise<never> => {
  throw new DownloadRefused('No file is made here.')
}

/** The server over the invented register with every route that there is: people, letters on a page, the way
 * in, and downloads and pushes, of which none comes to anything. */
export async function peopleServer(
  db: Database,
  door: Partial<PeopleDoor> = {},
  more: Partial<Pick<ServerOptions, 'reader' | 'uploads' | 'example'>> = {},
): Promise<FastifyInstance> {
  await migrate(db, migrations)
  return buildServer({
    // Asks the database as a real one does, so that a form which asks it within its own transaction is found out.
    reader: {
      ...fixtureReader,
      state: async (asOf) => {
        await db.query('select 1')
        return fixtureReader.state(asOf)
      },
    },
    logLevel: 'silent',
    downloads: new Downloads(db, noFolder, makesNone),
    pushes: {
      pushes: new Pushes({
        db,
        folder: noFolder,
        carryOut: makesNone,
        descriptors: () => [],
        mostBytes: 1,
        onProblem: () => {},
      }),
    },
    components: true,
    example: null,
    ready: async () => true,
    people: {
      people: testPeople(db),
      address: null,
      posted: () => {},
      canPost: true,
      letters: 'this-machine',
      walkIn: 'this-machine',
      ...door,
    },
    ...more,
  })
}

export interface PeoplePlace {
  readonly db: Database
  readonly app: FastifyInstance
}

/** One such server and its new database for all the tests of a file, closed after them. */
export function withPeopleServer(use: (place: PeoplePlace) => void | Promise<void>): void {
  let place: PeoplePlace | undefined
  beforeAll(async () => {
    const db = await openDatabase(testPGlite(null))
    place = { db, app: await peopleServer(db) }
    await use(place)
  })
  afterAll(async () => {
    await place?.app.close()
    await place?.db.close()
  })
}

/** What the log says, from now until the test ends, of tries to sign in: by what, and how each ended. */
export function logged(app: FastifyInstance): () => readonly string[] {
  const tries: string[] = []
  const info = (of: { event?: string; by?: string; end?: string }): void => {
    if (of.event === 'sign-in') tries.push(`${of.by} ${of.end}`)
  }
  const spy = vi.spyOn(app.log, 'child')
  spy.mockReturnValue(Object.assign(Object.create(app.log), { info }))
  onTestFinished(() => spy.mockRestore())
  return () => tries
}

/** A browser as far as the server sees one: it keeps cookies, follows nothing, and fills in forms. */
export class TestBrowser {
  readonly #app: FastifyInstance
  readonly #cookies = new Map<string, string>()

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async ask(options: InjectOptions): Promise<LightMyRequestResponse> {
    const { cookie } = this
    const headers = { host: 'localhost', ...(cookie ? { cookie } : {}), ...options.headers }
    const answer = await this.#app.inject({ ...options, headers })
    this.keep([answer.headers['set-cookie'] ?? []].flat())
    return answer
  }

  /** Keeps cookies, or lets go of them, as a server asks. */
  keep(cookies: readonly string[]): void {
    for (const line of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.ask({ method: 'GET', url })
  }

  /** The token that the forms of a page carry. */
  async token(url = '/sign-in'): Promise<string> {
    const { body } = await this.get(url)
    return /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  }

  /** Sends a form of the page at `from`. */
  async post(
    url: string,
    fields: Readonly<Record<string, string>>,
    from = '/sign-in',
  ): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams({ _csrf: await this.token(from), ...fields }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.ask({ method: 'POST', url, payload, headers })
  }

  /** Sends a form with a file, after its fields. */
  async send(
    url: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly name: string; readonly bytes: string | Buffer },
    from = '/publish',
  ): Promise<LightMyRequestResponse> {
    const form = new FormData()
    const all = { _csrf: await this.token(from), ...fields }
    for (const [name, value] of Object.entries(all)) form.append(name, value)
    form.append('file', new Blob([file.bytes]), file.name)
    const { headers, body } = new Request('http://localhost', { method: 'POST', body: form })
    const payload = Buffer.from(await new Response(body).arrayBuffer())
    return this.ask({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': headers.get('content-type') ?? '' },
    })
  }

  /** Walks in as one of the example: `steward`. */
  walkIn(who: string): Promise<LightMyRequestResponse> {
    return this.post('/example/walk-in', { who }, '/example/walk-in')
  }
}

/** Sends a form of a page with what its first form carries: its number, and what its sender had seen. */
export async function sentForm(
  browser: TestBrowser,
  url: string,
  typed: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<TestBrowser['post']>>> {
  const { body } = await browser.get(url)
  const carried = (name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
  return browser.post(url, { form: carried('form'), seen: carried('seen'), ...typed }, url)
}

/** A browser in which somebody has signed in, by the address, who is given a role first. */
export async function holderOf(
  { db, app }: { readonly db: Database; readonly app: FastifyInstance },
  email: string,
  role: string,
  scope: string,
  code = '',
): Promise<TestBrowser> {
  const request = { email, role, scope, code, from: '2026-01-01', why: 'for a test' }
  await grantRole(db, request, 'operator')
  const browser = new TestBrowser(app)
  await browser.token()
  browser.keep((await (await testPeople(db).open()).signIn.withoutLetter(email)) ?? [])
  return browser
}
