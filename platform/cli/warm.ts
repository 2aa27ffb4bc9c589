import type { FastifyInstance } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import type { Indicator } from '../evidence/indicator.ts'

/** How long the first pages are made before the server says that it is ready, in milliseconds. */
export const warmUp = 1000

/** Pages of each service that are made at most. */
const warmPages = 60

/**
 * Reads what providers' pages rest on and makes some pages of each service, one after the other: the
 * first visitors after a start find tables in memory and code that runs at full speed. Stops after
 * `warmUp`; what is under way then goes on beside the visitors.
 */
export async function warm(app: FastifyInstance, reader: Reader): Promise<void> {
  const late = performance.now() + warmUp
  const state = await reader.state()
  await readTables(reader, state)
  const services = reader.services(state)
  const some = await Promise.all(services.map((s) => reader.providersOf(state, s.code, warmPages)))
  for (let turn = 0; turn < warmPages; turn++) {
    for (const providers of some) {
      const code = providers[turn]?.code
      if (code === undefined) continue
      if (performance.now() > late) return
      await app.inject({ url: `/providers/${code}`, headers: { 'accept-encoding': 'gzip' } })
    }
  }
}

/** What the page of each provider rests on. */
async function readTables(reader: Reader, state: State): Promise<void> {
  await reader.desk.all(state, new Date().toISOString().slice(0, 10))
  await readFigures(reader, state, await reader.indicators(state))
}

async function readFigures(
  reader: Reader,
  state: State,
  indicators: ReadonlyMap<string, Indicator>,
): Promise<void> {
  await reader.standards.all(state)
  for (const service of reader.services(state)) {
    for (const { indicator, period } of await reader.summaries(state, service.code)) {
      if (indicators.get(indicator)?.headline) await reader.spread(state, indicator, period)
    }
  }
}

/**
 * Reads what most pages rest on in a publication that is computed and does not count yet, one thing after
 * the other: else all who ask for a page in the moment in which it counts would wait for these tables. Only
 * what is stored under its own number is read: what rests on which releases count would be kept as it was
 * before they did.
 */
export async function readAhead(reader: Reader, publication: number): Promise<void> {
  const now = await reader.state()
  await readFigures(reader, { ...now, publication }, await reader.indicators(now))
}
