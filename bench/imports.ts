import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { draftsOf, figuresOf, plumbline } from './processes.ts'
import type { Report } from './report.ts'

/** Imports and publishes all published files, each step timed by itself, into `folder`. */
export async function measureImport(data: string, folder: string, report: Report): Promise<void> {
  const drafted = await plumbline(folder, 'import', data, '--draft')
  const figures = figuresOf(drafted)
  const published = await plumbline(folder, 'publish', ...draftsOf(drafted))
  report.add('figures in all files of ../shared/data', figures, '')
  const rate = { least: 60_000 }
  report.add('parsed, checked and stored', figures / drafted.seconds, 'a second', rate)
  report.add('import as drafts', drafted.seconds, 's')
  report.add('publish', published.seconds, 's')
  report.add('import and publish', drafted.seconds + published.seconds, 's', { most: 90 })
  report.add('memory, import', drafted.peak, 'MB', { most: 1000 })
  report.add('memory, publish', published.peak, 'MB', { most: 1000 })
}

const firstYear = 2031
const yearsMade = 10

/** The practice files whose name says their year: each can stand for another. */
const yearly = ['nhs-payments-2022-23', 'qof-achievement-2023-24', 'qof-vaccination-2023-24']

/** Copies all files, with each yearly practice file ten times more, for invented years. */
function growData(data: string, into: string): void {
  for (const name of readdirSync(data)) {
    if (name !== 'participatory-budgets') {
      cpSync(join(data, name), join(into, name), { recursive: true })
    }
  }
  const practices = join(into, 'general-practice')
  const more = join(into, 'invented-years')
  mkdirSync(more)
  for (const name of yearly) {
    for (let y = firstYear; y < firstYear + yearsMade; y++) {
      const year = `${y}-${String((y + 1) % 100).padStart(2, '0')}`
      const named = name.replace(/\d{4}-\d{2}$/, year)
      cpSync(join(practices, `${name}.csv.gz`), join(more, `${named}.csv.gz`))
    }
  }
}

/** Whether ten years more cost as much a figure as the first ones, in time and memory. */
export async function measureGrowth(data: string, temp: string, report: Report): Promise<void> {
  const grown = join(temp, 'grown')
  mkdirSync(grown)
  growData(data, grown)
  const small = await plumbline(join(temp, 'small'), 'import', data)
  const large = await plumbline(join(temp, 'large'), 'import', grown)
  const each = (run: typeof small): number => (run.seconds / figuresOf(run)) * 1e6
  report.add('figures, as published', figuresOf(small), '')
  report.add('figures, ten invented years more', figuresOf(large), '')
  report.add('import and publish, as published', small.seconds, 's')
  report.add('import and publish, ten years more', large.seconds, 's')
  report.add('time a figure, as published', each(small), 'µs')
  report.add('time a figure, ten years more', each(large), 'µs')
  report.add('ratio of the two', each(large) / each(small), '', { most: 1.25 })
  report.add('memory, as published', small.peak, 'MB')
  report.add('memory, ten years more', large.peak, 'MB')
}
