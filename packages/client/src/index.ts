import createClient, { type Client, type ClientOptions } from 'openapi-fetch'
import type { operations, paths } from './schema.ts'

export type { operations, paths }

interface Problem {
  readonly detail?: string
  readonly parameter?: string
  readonly nearest?: string
}

/** What the server says when it refuses a request: a problem as RFC 9457 has it. */
export class PlumblineProblem extends Error {
  readonly status: number
  /** The parameter that is wrong, where one is. */
  readonly parameter: string | undefined
  /** The allowed value that is nearest to what was sent. */
  readonly nearest: string | undefined

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? `The server answered with ${status}.`)
    this.name = 'PlumblineProblem'
    this.status = status
    this.parameter = problem.parameter
    this.nearest = problem.nearest
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
  async function part(url: string): Promise<Part> {
    const answer = await ask(new Request(url))
    if (!answer.ok) {
      const problem = answer.json() as Promise<Problem>
      throw new PlumblineProblem(answer.status, await problem.catch(() => ({})))
    }
    return answer.json() as Promise<Part>
  }
  return {
    api: createClient<paths>({ ...options, baseUrl: `${root}/api/v1` }),
    async *all<P extends ListPath>(path: P, query: Query<P>): AsyncGenerator<Row<P>> {
      const search = new URLSearchParams()
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) search.set(name, String(value))
      }
      let next: string | null = `/api/v1${path}?${search}`
      while (next !== null) {
        const found: Part = await part(`${root}${next}`)
        // The server's answers are held to the schema that these types are made from by its own tests.
        yield* found.data as Row<P>[]
        next = found.links.next
      }
    },
  }
}
