import type { Database } from '../../database/database.ts'
import { bySubjects } from '../../evidence/by-subjects.ts'
import type { Service } from '../../evidence/indicator.ts'
import { levelRank } from '../../places/levels.ts'
import type { ListingBody } from '../../publishing/listings.ts'
import type { Column } from '../columns.ts'
import { csvText } from '../csv-writer.ts'
import { subjectClauses } from './figures.ts'

interface Listed {
  readonly id: number
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  readonly service: string | null
  readonly level: string | null
  readonly postcode: string | null
  readonly town: string | null
  readonly parents: readonly number[]
  readonly body: ListingBody
}

/** Providers and places as one publication lists them, as a table. */
export interface SubjectTable {
  readonly columns: readonly Column[]
  readonly facts: readonly string[]
  readonly schemes: readonly string[]
  readonly parents: number
  /** The table as CSV, with its header. */
  readonly csv: string
  readonly rows: number
}

const always = [
  ['subject_kind', 'Kind of subject', 'provider or place'],
  ['subject', 'Code', 'The lasting code.'],
  ['name', 'Name', 'What it is called; empty where no register names it.'],
  ['service', 'Service', 'Of a provider: the code of its service.'],
  ['level', 'Level', 'Of a place: district, region, ...'],
  ['postcode', 'Postcode', 'The postcode.'],
  ['address', 'Address', 'The address, on one line.'],
  ['town', 'Town', 'The town.'],
  ['type', 'Type', 'What its register calls its kind.'],
  ['status', 'Status', 'Whether it is open, as its register says.'],
  ['easting', 'Easting', 'Metres east on the national grid.'],
  ['northing', 'Northing', 'Metres north on the national grid.'],
] as const

const column = ([name, title, description]: readonly [string, string, string]): Column => ({
  name,
  type: name === 'easting' || name === 'northing' ? 'number' : 'string',
  title,
  description,
})

/** Columns that a place's or provider's parents, aliases and facts go into. */
const parentColumn = (n: number): string => `within_${n}`
const aliasColumn = (scheme: string, n: number): string => `alias ${scheme} ${n}`
const factColumn = (name: string): string => `fact ${name}`

/**
 * All providers and places of a publication: places first, the largest first, so that whoever reads the
 * table knows each place before what lies in it.
 */
export async function subjectTable(db: Database, publication: number): Promise<SubjectTable> {
  const listed = await allListed(db, publication)
  const codes = new Map(listed.map((l) => [l.id, l.code]))
  const aliases = await allAliases(db)
  const most = new Map<string, number>()
  for (const own of aliases.values()) {
    for (const [scheme, all] of Map.groupBy(own, (a) => a.scheme)) {
      most.set(scheme, Math.max(most.get(scheme) ?? 0, all.length))
    }
  }
  const schemes = [...most].flatMap(([scheme, n]) =>
    Array.from({ length: n }, (_, i) => ({ scheme, place: i })),
  )
  const facts = [...new Set(listed.flatMap((l) => Object.keys(l.body.facts)))].sort()
  const parents = Math.max(0, ...listed.map((l) => l.parents.length))
  const columns = [
    ...always.map(column),
    ...Array.from({ length: parents }, (_, i) =>
      column([parentColumn(i + 1), 'Lies in', 'The code of a place that holds it.']),
    ),
    ...schemes.map(({ scheme, place }) =>
      column([aliasColumn(scheme, place + 1), 'Alias', `Another code of it: ${scheme}.`]),
    ),
    ...facts.map((name) => column([factColumn(name), name, 'What its register says of it.'])),
  ]
  const lines = listed.map((l) => {
    const own = aliases.get(l.id) ?? []
    const { body } = l
    return [
      // Whoever no register names is nameless in the table too: an import knows it by its code.
      ...[l.kind, l.code, l.name === l.code ? null : l.name, l.service, l.level, l.postcode],
      ...[body.address, l.town, body.type, body.status],
      ...[body.easting, body.northing].map((n) => (n === null ? null : String(n))),
      ...Array.from({ length: parents }, (_, i) => codes.get(l.parents[i] ?? -1) ?? null),
      ...schemes.map(({ scheme, place }) => own.filter((a) => a.scheme === scheme)[place]?.value),
      ...facts.map((name) => body.facts[name]),
    ]
      .map((cell) => csvText(cell ?? ''))
      .join(',')
  })
  return {
    columns,
    facts,
    schemes: [...most.keys()],
    parents,
    csv: [columns.map((c) => csvText(c.name)).join(','), ...lines, ''].join('\r\n'),
    rows: lines.length,
  }
}

async function allListed(db: Database, publication: number): Promise<Listed[]> {
  const rows = await bySubjects<Listed & { ended: boolean }>(
    db,
    `select distinct on (s.id) s.id, s.kind, s.code, l.name, l.service, l.level, l.postcode, l.town,
       l.parents, l.body, l.ended
     from subject s join listing l on l.subject_id = s.id
     where l.publication <= $1 and s.id >= $2 and s.id < $3 order by s.id, l.publication desc`,
    [publication],
  )
  const all: Listed[] = rows.filter((row) => !row.ended)
  const rank = (l: Listed): number => (l.kind === 'place' ? levelRank(l.level) : -1)
  return all.sort((a, b) => rank(b) - rank(a) || a.id - b.id)
}

async function allAliases(db: Database) {
  const rows = await db.query<{ scheme: string; value: string; id: number }>(
    'select scheme, value, subject_id as id from subject_alias order by scheme, value',
  )
  return Map.groupBy(rows, (r) => r.id)
}

/** The descriptor by which an import reads the table again. */
export function subjectsDescriptor(
  table: SubjectTable,
  services: readonly Service[],
  of: { day: string; licence: string; invented: boolean; source: string },
): Record<string, unknown> {
  const aliases = table.columns.flatMap(({ name }) => {
    const scheme = table.schemes.find((s) => name.startsWith(`alias ${s} `))
    return scheme === undefined ? [] : [{ scheme, value: `{${name}}` }]
  })
  return {
    id: 'subjects-package',
    title: 'Providers and places, as a Plumbline listed them',
    publisher: 'Plumbline',
    source: of.source,
    licence: of.licence,
    invented: of.invented,
    dataset: 'subjects-package',
    service: null,
    order: 1,
    guarded: true,
    match: { name: '^subjects\\.csv$', columns: ['subject_kind', 'subject', 'name'] },
    fields: [
      { name: 'subject_kind', constraints: { required: true, enum: ['provider', 'place'] } },
      { name: 'subject', constraints: { required: true, unique: true } },
      { name: 'easting', type: 'number' },
      { name: 'northing', type: 'number' },
    ],
    period: { from: 'fixed', value: of.day, kind: 'day' },
    subjects: subjectClauses(services, {
      name: 'name',
      authority: 100,
      level: '{level}',
      postcode: 'postcode',
      address: ['address'],
      town: 'town',
      type: 'type',
      status: 'status',
      easting: 'easting',
      northing: 'northing',
      parents: Array.from({ length: table.parents }, (_, i) => ({
        level: 'place',
        code: `{${parentColumn(i + 1)}}`,
      })),
      aliases,
      facts: Object.fromEntries(table.facts.map((name) => [name, `{${factColumn(name)}}`])),
    }),
  }
}
