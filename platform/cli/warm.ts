import type { FastifyInstance } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { nobody } from '../web/server.ts'

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
      await app.inject({
        ...{ url: `/providers/${code}`, headers: { 'accept-encoding': 'gzip' } },
        remoteAddress: nobody,
      })
    }
  }
}

/** What the page of each provider rests on. */
async function readTables(reader: Reader, state: State): Promise<void> {
  await reader.desk.all(state, new Date().toISOString().slice(0, 10))
  await readFigures(reader, state, await reader.indicators(state))
}

/** The standards, and the spread of each service's headline figures in their latest period. */
export async function readFigures(
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
