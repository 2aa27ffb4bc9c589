import {
  canonicalText,
  completedAt,
  Frontier,
  hex,
  inclusionProof,
  leafHash,
} from '@plumbline/record'
import type { Queries } from '../database/database.ts'
import { type Outcome, outcomes } from './judge.ts'
import { type Standard, type StandardState, stateOf, storedStandardSchema } from './standard.ts'

/** A standard that a publication took up, changed or dropped, or whose state its day changed. */
export interface StandardChange {
  readonly code: string
  readonly before: Standard | null
  readonly after: Standard | null
  /** Where its life had come to by the publication before, and by this one. */
  readonly stateBefore: StandardState | null
  readonly stateAfter: StandardState | null
  /** The definition as it is stored; null where it is gone. */
  readonly definition: string | null
}

/** How one provider or place is judged otherwise than before. */
export interface JudgedOtherwise {
  readonly code: string
  readonly changes: readonly {
    readonly period: string
    /** Null where it was not judged by the standard in that period. */
    readonly before: Outcome | null
    readonly after: Outcome | null
  }[]
}

/** All that a publication changed of the judgements by one standard, in the order of the codes. */
export interface JudgementChanges {
  readonly standard: string
  readonly of: readonly JudgedOtherwise[]
}

type Reads = Pick<Queries, 'query'>

/** The day of the last publication before one that is being made; null where it is the first. */
export async function dayBefore(db: Reads, publication: number): Promise<string | null> {
  const [row] = await db.query<{ day: string }>(
    `select to_char(published_at at time zone 'UTC', 'YYYY-MM-DD') as day from publication
     where id < $1 order by id desc limit 1`,
    [publication],
  )
  return row?.day ?? null
}

/**
 * The standards that a publication which is being made changes, by code.
 * @param today the day of that publication.
 */
export async function standardChanges(
  db: Reads,
  publication: number,
  today: string,
): Promise<StandardChange[]> {
  const then = (await dayBefore(db, publication)) ?? today
  const rows = await db.query<{ code: string; before: string | null; after: string | null }>(
    `select code, definition as after, (select b.definition from standard b where b.code = s.code
       and b.publication < s.publication order by b.publication desc limit 1) as before
     from standard s where publication = $1 order by code`,
    [publication],
  )
  const parse = (text: string | null): Standard | null =>
    text === null ? null : storedStandardSchema.parse(JSON.parse(text))
  return rows.map(({ code, before: said, after: says }) => {
    const [before, after] = [parse(said), parse(says)]
    return {
      code,
      before,
      after,
      stateBefore: before && stateOf(before, then),
      stateAfter: after && stateOf(after, today),
      definition: says,
    }
  })
}

interface Row {
  standard: string
  period: string
  isNew: boolean
  subjects: number[]
  outcome: number[]
}

/**
 * Who is judged otherwise since a publication, by standard: all standards that it judged anew, or the one
 * that is named. It is the same whenever it is asked, since judgements are never overwritten.
 */
export async function judgementChanges(
  db: Reads,
  publication: number,
  standard: string | null = null,
): Promise<JudgementChanges[]> {
  const rows = await db.query<Row>(
    `select distinct on (standard, period, publication = $1)
       standard, period, publication = $1 as "isNew", subjects, outcome
     from judgement j where publication <= $1 and ($2::text is null or standard = $2)
       and exists (select 1 from judgement n where n.standard = j.standard
         and n.period = j.period and n.publication = $1)
     order by standard, period, publication = $1, publication desc`,
    [publication, standard],
  )
  const found: {
    standard: string
    bySubject: Map<number, JudgedOtherwise['changes'][number][]>
  }[] = []
  for (const [code, periods] of Map.groupBy(rows, (r) => r.standard)) {
    const bySubject = new Map<number, JudgedOtherwise['changes'][number][]>()
    for (const [period, pair] of Map.groupBy(periods, (r) => r.period)) {
      compare(period, pair, bySubject)
    }
    if (bySubject.size > 0) found.push({ standard: code, bySubject })
  }
  const codes = await codesOf(db, [...new Set(found.flatMap((f) => [...f.bySubject.keys()]))])
  return found.map(({ standard: code, bySubject }) => ({
    standard: code,
    of: [...bySubject]
      .map(([id, changes]) => ({ code: codes.get(id) ?? String(id), changes }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  }))
}

function compare(
  period: string,
  pair: readonly Row[],
  bySubject: Map<number, JudgedOtherwise['changes'][number][]>,
): void {
  const of = (isNew: boolean): Map<number, number> => {
    const row = pair.find((r) => r.isNew === isNew)
    return new Map(row?.subjects.map((s, i) => [s, row.outcome[i] ?? -1]))
  }
  const [before, after] = [of(false), of(true)]
  for (const subject of new Set([...before.keys(), ...after.keys()])) {
    const [b, a] = [before.get(subject), after.get(subject)]
    if (b === a) continue
    const changes = bySubject.get(subject) ?? []
    changes.push({ period, before: outcomes[b ?? -1] ?? null, after: outcomes[a ?? -1] ?? null })
    bySubject.set(subject, changes)
  }
}

async function codesOf(db: Reads, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; code: string }>(
    'select id, code from subject where id = any($1::int[])',
    [ids],
  )
  return new Map(rows.map((r) => [r.id, r.code]))
}

/** What the record says of one provider's changes, as the leaf of a Merkle tree. */
export const changeLeaf = (one: JudgedOtherwise): string => canonicalText(toJson(one))

const toJson = ({ code, changes }: JudgedOtherwise) => ({
  code,
  changes: changes.map(({ period, before, after }) => ({ period, before, after })),
})

/** The root over all of them, in their order: whoever has it can be shown any single one. */
export function changesRoot({ of }: JudgementChanges): string {
  const frontier = new Frontier()
  for (const one of of) frontier.append(leafHash(changeLeaf(one)))
  return hex(frontier.root())
}

/** What shows that one of them is under the root: hashes from its neighbour up. */
export function changeProof({ of }: JudgementChanges, index: number): Uint8Array[] {
  const frontier = new Frontier()
  const completed = of.map((one) => frontier.append(leafHash(changeLeaf(one))))
  return inclusionProof(index, of.length, (subtree) => {
    return completed[completedAt(subtree) - 1]?.[subtree.level] ?? new Uint8Array()
  })
}

/** How often each judgement became each other one, in the order of the judgements. */
export function changeCounts({ of }: JudgementChanges) {
  const place = (o: Outcome | null): number => (o === null ? -1 : outcomes.indexOf(o))
  const kinds = Map.groupBy(
    of.flatMap((one) => one.changes),
    (c) => place(c.before) * 10 + place(c.after),
  )
  return [...kinds]
    .sort(([a], [b]) => a - b)
    .map(([, some]) => ({
      before: some[0]?.before ?? null,
      after: some[0]?.after ?? null,
      count: some.length,
    }))
}
