import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../platform/database/database.ts'
import type { Batch } from '../platform/downloads/batch.ts'
import { makeFile, tablePieces, writerOf } from '../platform/downloads/make-file.ts'
import { observations } from '../platform/downloads/observations.ts'
import { forms } from '../platform/downloads/scope.ts'
import { loadCatalogue } from '../platform/evidence/catalogue.ts'
import { periodKinds } from '../platform/evidence/period-kinds.ts'

/**
 * Makes one file in a process of its own and says how it went, as JSON: `FOLDER FORM everything` from what
 * is published in a data folder, `FOLDER FORM ROWS` from that many rows made up on the way.
 */
const [folder = '', wanted, what = ''] = process.argv.slice(2)
const form = forms.find((f) => f === wanted) ?? 'csv'

/** Rows of 1,000 providers, 10,000 at a time. */
function* madeUp(rows: number): Generator<Batch> {
  const size = 10_000
  const subjects = Array.from({ length: 1000 }, (_, i) => ({
    kind: 'provider' as const,
    code: `P${i}`,
    name: `The ${i}th practice, "with" a name`,
    service: 'general-practice',
  }))
  for (let from = 0; from < rows; from += size) {
    yield {
      indicator: `indicator-${from / size}`,
      period: '2018-19',
      start: '2018-04-01',
      end: '2019-03-31',
      breakdown: '',
      rows: Array.from({ length: Math.min(size, rows - from) }, (_, i) => ({
        subject: subjects[i % 1000] as (typeof subjects)[number],
        status: 'value' as const,
        value: (from + i) / 7,
        lower95: i / 3,
        upper95: i / 2,
        lower998: i / 4,
        upper998: i,
        interval: 'wilson' as const,
        numerator: i,
        denominator: size,
        roundedTo: null,
        countsRoundedTo: null,
        note: null,
        release: 1,
      })),
    }
  }
}

async function* later(batches: Iterable<Batch>): AsyncGenerator<Batch> {
  for (const batch of batches) yield batch
}

const path = join(folder, `bench.${form}`)
const started = performance.now()
let made: Awaited<ReturnType<typeof makeFile>>
const finish = { modified: new Date(0), noted: false }
if (what === 'everything') {
  const db = await openDatabase({ kind: 'pglite', folder: join(folder, 'database') })
  const periodKind = periodKinds(loadCatalogue().descriptors)
  const [last] = await db.query<{ id: number }>('select max(id) as id from publication')
  const reading = { publication: last?.id ?? 0, scope: { kind: what } as const, periodKind }
  made = await makeFile(path, tablePieces(observations(db, reading), writerOf(form)), finish)
  await db.close()
} else {
  made = await makeFile(path, tablePieces(later(madeUp(Number(what))), writerOf(form)), finish)
}
const seconds = (performance.now() - started) / 1000
rmSync(path)
const peak = (process.resourceUsage().maxRSS * 1024) / 1e6
process.stdout.write(JSON.stringify({ rows: made.rows, bytes: made.bytes, seconds, peak }))
