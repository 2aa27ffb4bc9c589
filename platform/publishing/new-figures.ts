import { z } from 'zod'
import type { Database } from '../database/database.ts'

const someone = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['provider', 'place']),
  /** Whether they have a page already. */
  isKnown: z.boolean(),
  value: z.number(),
})

/** What an indicator would say that has no page yet, in its latest period. */
export const newFigureSchema = z.strictObject({
  indicator: z.string(),
  name: z.string(),
  period: z.string(),
  breakdown: z.string(),
  /** How many have a value that may be shown. */
  count: z.int().min(0),
  /** Of all together; null where that cannot be told. */
  whole: z.number().nullable(),
  lowest: someone.nullable(),
  highest: someone.nullable(),
  /** How many others have the lowest and the highest value too. */
  alsoLowest: z.int().min(0).default(0),
  alsoHighest: z.int().min(0).default(0),
  /** By their codes. */
  first: z.array(someone),
})
export type NewFigure = z.infer<typeof newFigureSchema>
type Someone = z.infer<typeof someone>

/** Indicators of which values are told, and providers of each. */
const mostIndicators = 5
const mostNamed = 10

/** What a staged publication says of indicators that no page shows yet. Small counts are hidden in it. */
export async function newFigures(
  db: Database,
  publication: number,
  indicators: readonly { readonly code: string; readonly name: string }[],
): Promise<NewFigure[]> {
  const found: NewFigure[] = []
  for (const { code, name } of indicators.slice(0, mostIndicators)) {
    const figure = await newFigure(db, publication, code, name)
    if (figure) found.push(figure)
  }
  return found
}

interface Row {
  readonly period: string
  readonly breakdown: string
  readonly whole: number | null
  readonly subjects: readonly number[]
  readonly value: readonly number[]
  readonly status: readonly number[]
}

async function newFigure(
  db: Database,
  publication: number,
  indicator: string,
  name: string,
): Promise<NewFigure | null> {
  const [row] = await db.query<Row>(
    `select period, breakdown, (summary->'whole'->>'value')::float8 as whole, subjects, value, status
     from comparison_series where publication = $1 and indicator = $2 and not summary ? 'empty'
     order by breakdown <> '', period desc, breakdown limit 1`,
    [publication, indicator],
  )
  if (!row) return null
  const all = Array.from(row.subjects, (subject, i) => ({ subject, value: row.value[i] as number }))
  const shown = all.filter(({ value }, i) => row.status[i] === 0 && Number.isFinite(value))
  const byValue = shown.toSorted((a, b) => a.value - b.value)
  const ends = [byValue.at(0), byValue.at(-1)].flatMap((x) => x ?? [])
  const ids = shown.map((x) => x.subject)
  const subjects = await named(
    db,
    publication,
    ids,
    ends.map((x) => x.subject),
  )
  const of = (x: (typeof shown)[number] | undefined): Someone | null => {
    const subject = x && subjects.find((s) => s.id === x.subject)
    if (!x || !subject) return null
    const { id: _, ...known } = subject
    return { ...known, value: x.value }
  }
  const first = subjects.slice(0, mostNamed).flatMap((s) => {
    return of(shown.find((x) => x.subject === s.id)) ?? []
  })
  return {
    ...{ indicator, name, period: row.period, breakdown: row.breakdown, whole: row.whole },
    count: shown.length,
    alsoLowest: Math.max(0, shown.filter((x) => x.value === byValue.at(0)?.value).length - 1),
    alsoHighest: Math.max(0, shown.filter((x) => x.value === byValue.at(-1)?.value).length - 1),
    lowest: of(byValue.at(0)),
    highest: of(byValue.at(-1)),
    first,
  }
}

type Subject = Omit<Someone, 'value'> & { readonly id: number }

/** The first of these by their codes, and after them those that are asked for besides. */
async function named(
  db: Database,
  publication: number,
  ids: readonly number[],
  besides: readonly number[],
): Promise<Subject[]> {
  const subjects = (which: string): string =>
    `select s.id, s.code, s.kind, coalesce((select l.name from listing l where l.subject_id = s.id
       and l.publication <= $2 order by l.publication desc limit 1), s.code) as name,
       exists (select 1 from listing l where l.subject_id = s.id and l.publication < $2) as "isKnown"
     from subject s where s.id = any($1::int[]) order by s.code ${which}`
  const first = await db.query<Subject>(subjects(`limit ${mostNamed}`), [ids, publication])
  const more = await db.query<Subject>(subjects('limit 2'), [besides, publication])
  return [...first, ...more.filter(({ id }) => !first.some((s) => s.id === id))]
}
