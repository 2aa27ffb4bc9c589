import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureApi } from './api.ts'
import { measureCorrections } from './corrections.ts'
import { measureDisclosureChoice } from './disclosure-choice.ts'
import { measureDownloads } from './downloads.ts'
import { measureGrowth, measureImport } from './imports.ts'
import { measureDuringImport, measurePages } from './pages.ts'
import { measurePreview } from './preview.ts'
import { plumbline } from './processes.ts'
import { measureRecord } from './record.ts'
import { type Measured, Report, writeReport } from './report.ts'
import { measureSorts } from './sorts.ts'
import { measureSurveys } from './surveys.ts'
import { measureUploads } from './uploads.ts'

/**
 * Measures what docs/benchmarks.md reports, on the published files in ../shared/data and PGlite:
 * `npm run bench`, or some parts: `npm run bench -- import pages`. Writes nothing into the
 * repository unless `--write` is among the words: then the tables of docs/benchmarks.md.
 */
const data = join(import.meta.dirname, '../../shared/data')
const temp = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
const published = join(temp, 'published')

const parts: Record<string, (report: Report) => Promise<void>> = {
  import: (report) => measureImport(data, published, report),
  pages: async (report) => measurePages(await everythingPublished(), report),
  during: async (report) => measureDuringImport(data, await everythingPublished(), temp, report),
  api: async (report) => measureApi(await everythingPublished(), report),
  downloads: async (report) => measureDownloads(await everythingPublished(), report),
  growth: (report) => measureGrowth(data, temp, report),
  record: (report) => measureRecord(temp, report),
  sorts: (report) => measureSorts(data, temp, report),
  corrections: (report) => measureCorrections(temp, report),
  'disclosure-choice': measureDisclosureChoice,
  surveys: (report) => measureSurveys(temp, report),
  uploads: (report) => measureUploads(temp, report),
  preview: async (report) => measurePreview(data, await everythingPublished(), report),
}

async function everythingPublished(): Promise<string> {
  if (!existsSync(published)) await plumbline(published, 'import', data)
  return published
}

const words = process.argv.slice(2)
const wanted = words.filter((w) => w !== '--write')
const unknown = wanted.find((w) => !(w in parts))
try {
  if (unknown !== undefined || !existsSync(data)) {
    const why = unknown === undefined ? `There is no ${data}.` : `There is no part "${unknown}".`
    process.stderr.write(`${why} The parts are: ${Object.keys(parts).join(', ')}.\n`)
    process.exitCode = 1
  } else {
    const all: (readonly Measured[])[] = []
    for (const [name, measure] of Object.entries(parts)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      process.stdout.write(`\n${name}\n`)
      const report = new Report(name)
      await measure(report)
      all.push(report.rows())
    }
    const command = ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' ')
    if (words.includes('--write')) writeReport(all, command)
  }
} finally {
  rmSync(temp, { recursive: true, force: true })
}
