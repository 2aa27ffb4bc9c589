import { optionalColumns } from '../comparison/series.ts'
import type { Database, Queries } from '../database/database.ts'
import type { Series } from '../evidence/columns.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import type { Boundary } from '../evidence/read-boundaries.ts'
import type { ReadResult } from '../evidence/reading.ts'
import type { Description, KnownSubjects, Subjects } from '../evidence/subjects.ts'
import type { Backlog } from './backlog.ts'

/** What one release stands for: its dataset and, unless a file brings all periods anew, which. */
export function slotOf(descriptor: Descriptor, period: string, part: string | null): string {
  const when = descriptor.covers === 'history' ? '' : period
  return [descriptor.dataset, when, part ?? ''].join('|')
}

/** Removes what an import left behind that did not end: its process died. */
export async function removeUnfinished(db: Database): Promise<void> {
  await db.query(`delete from release where state = 'reading'`)
}

/** Opens a release that is being read; it counts as nothing until `finishDraft`. */
export async function beginDraft(
  db: Database,
  descriptor: Descriptor,
  file: { name: string; sha256: string; bytes: number },
  by: string,
): Promise<number> {
  const rows = await db.query<{ id: number }>(
    `insert into release (id, dataset, descriptor, service, slot, title, publisher, source, licence,
       published_on, period, part, file_name, sha256, bytes, rows_read, rows_accepted, rows_refused,
       observations, checks, indicators, state, created_at, created_by,
       invented, yardstick)
     select coalesce(max(id), 0) + 1, $1, $2, $3, '', $4, $5, $6, $7, $8, '', null, $9, $10, $11,
       0, 0, 0, 0, '[]', '[]', 'reading', now(), $12, $13, $14
     from release returning id`,
    [
      descriptor.dataset,
      descriptor.id,
      descriptor.service,
      descriptor.title,
      descriptor.publisher,
      descriptor.source,
      descriptor.licence,
      descriptor.publishedOn ?? null,
      file.name,
      file.sha256,
      file.bytes,
      by,
      descriptor.invented,
      descriptor.yardstick,
    ],
  )
  return (rows[0] as { id: number }).id
}

/**
 * Stores the parts of a draft's series as they are read: while the database writes some, the reader
 * goes on with the next. The series may be used again as soon as this comes back.
 */
export async function writeSeries(
  db: Queries,
  backlog: Backlog,
  release: number,
  all: readonly Series[],
): Promise<void> {
  for (const s of all) {
    const cut = (data: Float64Array | undefined): Float64Array | null =>
      data ? data.slice(0, s.length) : null
    const status = s.status.subarray(0, s.length)
    const row = [
      release,
      s.key.indicator,
      s.key.breakdown,
      s.key.period,
      s.roundedTo,
      s.countsRoundedTo,
      s.subjects.slice(0, s.length),
      s.value.slice(0, s.length),
      status.some((x) => x !== 0) ? Int32Array.from(status) : null,
      ...optionalColumns.map((c) => cut(s.optional[c])),
      Object.keys(s.notes).length > 0 ? JSON.stringify(s.notes) : null,
    ]
    await backlog.add(() =>
      db.query(
        `insert into observation_series (release_id, indicator, breakdown, period, rounded_to,
           counts_rounded_to, subjects, value, status, lower95, upper95, lower998, upper998,
           numerator, denominator, notes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        row,
      ),
    )
  }
}

/** Stores all else that a file said; the release counts as nothing until `keepDrafts`. */
export async function finishDraft(
  db: Database,
  release: number,
  descriptor: Descriptor,
  result: ReadResult & { boundaries?: readonly Boundary[] },
  subjects: Subjects,
): Promise<void> {
  const { report } = result
  const added = subjects.taken()
  // Statement by statement: PGlite answers pages in between, but not within a transaction.
  await storeSubjects(db, added)
  await storeDescriptions(db, release, withParents(result))
  for (const b of result.boundaries ?? []) {
    await db.query('insert into boundary (release_id, subject_id, geometry) values ($1, $2, $3)', [
      release,
      b.subject,
      JSON.stringify(b.geometry),
    ])
  }
  for (const indicator of result.drafted) {
    await db.query(
      `insert into indicator (code, definition) values ($1, $2) on conflict (code) do nothing`,
      [indicator.code, JSON.stringify(indicator)],
    )
  }
  await storeRefused(db, release, result.refused)
  await db.query(
    `update release set slot = $2, period = $3, part = $4, rows_read = $5, rows_accepted = $6,
       rows_refused = $7, observations = $8, checks = $9,
       indicators = (select coalesce(jsonb_agg(distinct indicator), '[]')
         from observation_series where release_id = $1)
     where id = $1`,
    [
      release,
      slotOf(descriptor, result.period, result.part),
      result.period,
      result.part,
      report.rowsRead,
      report.rowsAccepted,
      report.rowsRefused,
      report.observations,
      JSON.stringify(report.rules),
    ],
  )
}

/**
 * Makes all releases of one import drafts, or, when the process dies, none. They take the place of
 * drafts of the same bytes, which nobody has published, or which an import left that died while it published.
 * @returns by release, the draft whose place it takes.
 */
export async function keepDrafts(
  db: Database,
  releases: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  return db.transaction(async (tx) => {
    const gone = await tx.query<{ id: number; draft: number }>(
      `delete from release d using release r where r.id = any($1::int[]) and d.state = 'draft'
         and d.descriptor = r.descriptor and d.sha256 = r.sha256 and d.slot = r.slot
       returning r.id, d.id as draft`,
      [releases],
    )
    await tx.query(`update release set state = 'draft' where id = any($1::int[])`, [releases])
    return new Map(gone.map(({ id, draft }) => [id, draft]))
  })
}

/** `all` in pieces that a database stores in a few hundredths of a second. */
function* pieces<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += 500) yield all.slice(from, from + 500)
}

/** What only a draft said that nobody published, who somebody is and by which other names, gives way. */
async function storeSubjects(db: Queries, added: KnownSubjects): Promise<void> {
  for (const some of pieces(added.subjects)) {
    await db.query(
      `insert into subject (id, kind, code) select * from unnest($1::int[], $2::text[], $3::text[])
       on conflict (id) do update set kind = excluded.kind where subject.kind <> excluded.kind`,
      [some.map((s) => s.id), some.map((s) => s.kind), some.map((s) => s.code)],
    )
  }
  for (const some of pieces(added.aliases)) {
    await db.query(
      `insert into subject_alias (scheme, value, subject_id)
       select * from unnest($1::text[], $2::text[], $3::int[])
       on conflict (scheme, value) do update set subject_id = excluded.subject_id`,
      [some.map((a) => a.scheme), some.map((a) => a.value), some.map((a) => a.subject)],
    )
  }
}

async function storeRefused(
  db: Queries,
  release: number,
  refused: ReadResult['refused'],
): Promise<void> {
  for (const some of pieces(refused)) {
    await db.query(
      `insert into refused_row (release_id, line, rule, column_name, sentence, cells)
       select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[])`,
      [
        release,
        some.map((r) => r.line),
        some.map((r) => r.rule),
        some.map((r) => r.column),
        some.map((r) => r.sentence),
        some.map((r) => JSON.stringify(r.cells)),
      ],
    )
  }
}

/** Files that list children say of each child what it lies in. */
export function withParents(result: ReadResult): Map<number, Description> {
  const described = new Map(result.descriptions)
  for (const [child, parent] of result.childOf) {
    const known = described.get(child)
    described.set(child, { ...(known ?? nameless), parents: [...(known?.parents ?? []), parent] })
  }
  return described
}

const nameless: Description = {
  name: '',
  authority: 0,
  level: null,
  service: null,
  postcode: null,
  address: null,
  town: null,
  type: null,
  status: null,
  easting: null,
  northing: null,
  parents: [],
  facts: {},
}

async function storeDescriptions(
  db: Queries,
  release: number,
  described: ReadonlyMap<number, Description>,
): Promise<void> {
  for (const some of pieces([...described])) {
    await db.query(
      `insert into description (release_id, subject_id, body)
       select $1, * from unnest($2::int[], $3::jsonb[])`,
      [release, some.map(([id]) => id), some.map(([, d]) => JSON.stringify(d))],
    )
  }
}

/** Removes a draft; a release that has been published stays. */
export async function dropDraft(db: Database, release: number): Promise<void> {
  await db.query('delete from release where id = $1 and published_in is null', [release])
}
