import createClient, { type Client, type ClientOptions } from 'openapi-fetch'
import type { operations, paths } from './schema.ts'

export type { operations, paths }

interface Problem {
  readonly type?: string
  readonly allowed?: readonly string[]
  readonly detail?: string
  readonly parameter?: string
  readonly nearest?: string
  readonly errors?: readonly RefusedCell[]
}

/** A cell that was refused: of the file that was sent, by which rule. */
export interface RefusedCell {
  readonly line: number
  readonly column: string | null
  readonly value: string | null
  readonly rule: string
  readonly detail: string
}

/** What the server says when it refuses a request: a problem as RFC 9457 has it. */
export class PlumblineProblem extends Error {
  readonly status: number
  /** Which kind of problem, such as `unknown-value`: /api says what to do about each. */
  readonly kind: string | undefined
  /** The parameter that is wrong, where one is. */
  readonly parameter: string | undefined
  /** The allowed value that is nearest to what was sent. */
  readonly nearest: string | undefined
  /** What is allowed, where that is few; else empty. */
  readonly allowed: readonly string[]
  /** Of a push: the first cells that were refused by each rule. */
  readonly errors: readonly RefusedCell[]

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? `The server answered with ${status}.`)
    this.name = 'PlumblineProblem'
    this.status = status
    this.kind = problem.type?.split('#')[1]
    this.parameter = problem.parameter
    this.nearest = problem.nearest
    this.allowed = problem.allowed ?? []
    this.errors = problem.errors ?? []
  }
}

/** Operations whose answer is a list. */
export type ListPath = {
  [P in keyof paths]: paths[P]['get'] extends {
    responses: { 200: { content: { 'application/json': { data: unknown[] } } } }
  }
    ? P
    : never
}[keyof paths]

type Get<P extends ListPath> = paths[P]['get']
type Answer<P extends ListPath> =
  Get<P> extends {
    responses: { 200: { content: { 'application/json': infer A } } }
  }
    ? A
    : never
/** One row of a list. */
export type Row<P extends ListPath> = Answer<P> extends { data: (infer R)[] } ? R : never
/** What a list may be asked. */
export type Query<P extends ListPath> =
  Get<P> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never

type PushAnswers = operations['pushRelease']['responses']
/** What came of a push: published, a draft, the same as before, checked, or still under way. */
export type Pushed = PushAnswers[200 | 201 | 202]['content']['application/json']['data']

/** What is asked of a file that is sent. */
export type PushAsked = operations['pushRelease']['parameters']['query'] & {
  /** What the operator gave you. */
  readonly token: string
  /** Your own name for this push: sent again with the same bytes, it is the same push. */
  readonly key?: string
}

export interface Plumbline {
  /** Every operation by its path, typed: `client.api.GET('/providers/{code}', ...)`. */
  readonly api: Client<paths>
  /**
   * All rows of a list, one after another, however many parts it comes in. They are of the state in
   * which the list began, whatever is published meanwhile.
   * @throws PlumblineProblem where the server refuses.
   * @example for await (const row of client.all('/observations', { indicator: 'smoking' })) { ... }
   */
  all<P extends ListPath>(path: P, query: Query<P>): AsyncGenerator<Row<P>>
  /**
   * Sends a file: CSV, or JSON lines where its name ends in `.jsonl` or `.ndjson`.
   * @throws PlumblineProblem where it is refused, with the lines and columns that are wrong.
   * @example await client.push({ token, descriptor: 'clinics', file: 'clinics-2024.csv' }, text)
   */
  push(asked: PushAsked, body: string | Blob): Promise<Pushed>
}

interface Part {
  readonly data: readonly unknown[]
  readonly links: { readonly next: string | null }
}

/**
 * A client of one Plumbline.
 * @param address where it is served, such as `https://plumbline.example`.
 */
export function plumbline(
  address: string,
  options: Omit<ClientOptions, 'baseUrl'> = {},
): Plumbline {
  const root = address.replace(/\/$/, '')
  const ask = options.fetch ?? globalThis.fetch
  async function answered<A>(request: Request): Promise<A> {
    const answer = await ask(request)
    if (!answer.ok) {
      const problem = answer.json() as Promise<Problem>
      throw new PlumblineProblem(answer.status, await problem.catch(() => ({})))
    }
    return answer.json() as Promise<A>
  }
  return {
    api: createClient<paths>({ ...options, baseUrl: `${root}/api/v1` }),
    async *all<P extends ListPath>(path: P, query: Query<P>): AsyncGenerator<Row<P>> {
      let next: string | null = `/api/v1${path}?${searchOf(query)}`
      while (next !== null) {
        const found: Part = await answered(new Request(`${root}${next}`))
        // The server's answers are held to the schema that these types are made from by its own tests.
        yield* found.data as Row<P>[]
        next = found.links.next
      }
    },
    async push({ token, key, ...query }, body) {
      const isJson = /\.(jsonl|ndjson)$/i.test(query.file)
      const headers = new Headers({
        authorization: `Bearer ${token}`,
        'content-type': isJson ? 'application/x-ndjson' : 'text/csv',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      })
      const url = `${root}/api/v1/releases?${searchOf(query)}`
      const request = new Request(url, { method: 'POST', headers, body })
      const { data } = await answered<{ data: Pushed }>(request)
      return data
    },
  }
}

function searchOf(query: object): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search
}
