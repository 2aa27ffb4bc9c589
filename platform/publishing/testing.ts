import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { indicatorSchema, serviceSchema } from '../evidence/indicator.ts'
import { importFiles } from './import.ts'
import type { ImportOptions, ImportResult } from './imported.ts'
import { publish } from './publish.ts'

/** A made-up kind of file for tests: clinics with how many of their visitors were seen in time. */
export const clinics: Catalogue = {
  descriptors: [
    descriptorSchema.parse({
      id: 'clinics',
      title: 'Made-up clinics',
      publisher: 'Nobody',
      source: 'https://example.org/clinics',
      licence: 'CC0',
      dataset: 'clinics',
      service: 'clinic',
      match: { name: 'clinics-(?<year>\\d{4})', columns: ['code', 'seen'] },
      missingValues: [''],
      codes: { SUPP: 'suppressed', NE: 'not-applicable' },
      fields: [
        { name: 'code', constraints: { required: true, pattern: 'C\\d+' } },
        { name: 'visitors', type: 'integer', constraints: { minimum: 0 } },
      ],
      period: { from: 'name', group: 'year', kind: 'year' },
      subjects: [{ kind: 'provider', code: '{code}', name: '{name}', facts: { kind: '{kind}' } }],
      observations: [
        { indicator: 'seen-in-time', value: 'seen', numerator: 'in time', denominator: 'visitors' },
      ],
    }),
  ],
  indicators: new Map([
    [
      'seen-in-time',
      indicatorSchema.parse({
        code: 'seen-in-time',
        name: 'Seen in time',
        service: 'clinic',
        topic: 'Waiting',
        unit: '%',
        kind: 'proportion',
        scale: 100,
        polarity: 'higher',
        decimals: 1,
        why: 'Nobody likes to wait.',
        definition: 'Visitors seen within an hour.',
        method: 'Counts.',
        headline: true,
      }),
    ],
  ]),
  standards: new Map(),
  fairness: new Map(),
  cards: new Map(),
  studies: new Map(),
  services: [
    serviceSchema.parse({
      code: 'clinic',
      name: 'Clinics',
      provider: 'clinic',
      providers: 'clinics',
      about: 'Made-up clinics.',
      peers: [{ from: 'fact:kind', name: 'kind', weight: 1, transform: 'same' }],
    }),
  ],
}

export const header = 'code,name,kind,seen,in time,visitors'

/** Rows of forty clinics; `change` may give another line for some. */
export function clinicRows(change: (i: number, line: string) => string = (_, l) => l): string {
  const lines = Array.from({ length: 40 }, (_, i) => {
    const seen = 50 + i
    return change(
      i,
      `C${100 + i},Clinic ${i},${i % 2 ? 'town' : 'country'},${seen},${seen * 2},200`,
    )
  })
  return [header, ...lines].join('\n')
}

export function writeFile(name: string, text: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'plumbline-test-')), name)
  writeFileSync(path, text)
  return path
}

export async function prepare(db: Database): Promise<Database> {
  await migrate(db, migrations)
  return db
}

export async function importAndPublish(
  db: Database,
  catalogue: Catalogue,
  paths: readonly string[],
  { reason = 'to see', ...options }: Partial<ImportOptions> & { reason?: string } = {},
): Promise<ImportResult> {
  const result = await importFiles(db, catalogue, paths, { accept: 0, by: 'a test', ...options })
  if (result.drafts.length > 0) {
    await publish(db, catalogue, result.drafts, { by: 'a test', reason })
  }
  return result
}
