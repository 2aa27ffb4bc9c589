import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { draftsOf, plumbline } from './processes.ts'
import type { Report } from './report.ts'

/** A small file of the real pack and its largest, each without its first row. */
const files = [
  'general-practice/qof-vaccination-2023-24.csv.gz',
  'general-practice/nhs-payments-2022-23.csv.gz',
]

/** What it takes to see what a draft would change, where everything is published. */
export async function measurePreview(data: string, folder: string, report: Report): Promise<void> {
  const temp = mkdtempSync(join(tmpdir(), 'plumbline-preview-'))
  try {
    for (const file of files) {
      const name = basename(file, '.gz')
      const path = join(temp, name)
      const [head, , ...rows] = gunzipSync(readFileSync(join(data, file)))
        .toString()
        .split('\n')
      writeFileSync(path, [head, ...rows].join('\n'))
      const [draft = ''] = draftsOf(await plumbline(folder, 'import', path, '--draft'))
      const { seconds, peak } = await plumbline(folder, 'preview', draft)
      report.add(`preview of ${name} without a row`, seconds, 's', { most: 30 })
      report.add(`preview of ${name} without a row, memory`, peak, 'MB', { most: 1000 })
    }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}
