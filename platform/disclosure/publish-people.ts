import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { UnsafeRelease } from './unsafe-release.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

/** More people than there are in any table: what is not bounded otherwise ends here. */
const most = 100_000
const threshold = 5

/** People of a place and of one value of each column: those who were counted, and the others. */
export interface People {
  readonly place: string
  readonly values: Readonly<Record<string, string>>
  readonly counted: number
  readonly others: number
}

/** What there is: people, which values lie in others, and the places above theirs. */
export interface Truth {
  readonly people: readonly People[]
  /** Values that hold others, by column: `{ age: { '0-17': ['0-4', '5-17'] } }`. */
  readonly wider?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Of a district, its wards. */
  readonly districts?: Readonly<Record<string, readonly string[]>>
}

/** An indicator of a file: `count` and `mean` are of all people, `proportion` those counted of them. */
export interface Listing {
  readonly kind: 'count' | 'mean' | 'proportion'
  readonly lists: (place: string, group: string) => boolean
}

interface Row {
  readonly place: string
  readonly group: string
  readonly counted: number
  readonly others: number
  /** Its people, by their place in the list of all. */
  readonly people: readonly number[]
}

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')

/** Everyone, each group, and all groups crossed, of each ward and district. */
export function rowsOfPeople({ people, wider = {}, districts = {} }: Truth): Row[] {
  const rows = new Map<string, Row>()
  for (const [at, { place, values, counted, others }] of people.entries()) {
    const above = Object.entries(districts).filter(([, wards]) => wards.includes(place))
    for (const p of [place, ...above.map(([d]) => d)])
      for (const group of groupsOf(values, wider)) {
        const was = rows.get(`${p}|${group}`)
        rows.set(`${p}|${group}`, {
          ...{ place: p, group, people: [...(was?.people ?? []), at] },
          ...{ counted: (was?.counted ?? 0) + counted, others: (was?.others ?? 0) + others },
        })
      }
  }
  return [...rows.values()]
}

/** Every group that people of some values are in, crossed or not; '' for everyone. */
export function groupsOf(values: People['values'], wider: NonNullable<Truth['wider']>): string[] {
  let all = ['']
  for (const [column, value] of Object.entries(values).sort()) {
    const within = Object.entries(wider[column] ?? {}).filter(([, some]) => some.includes(value))
    const named = [value, ...within.map(([v]) => v)].map((v) => `${column}=${v}`)
    all = all.flatMap((g) => [g, ...named.map((n) => (g === '' ? n : `${g};${n}`))])
  }
  return all
}

/** What somebody sees of some people: how many they are, or that the figure is hidden. */
interface Sight {
  readonly name: string
  readonly row: Row
  readonly measure: 'all' | 'counted' | 'others'
  readonly shown: boolean
}

/**
 * Publishes a file whose counts from 1 to 4 are hidden, and attacks it: a linear programme over all people, which
 * knows whose groups and places they are. Rows of nobody are left out of the file. Tests alone use it.
 * @returns `told`: hidden small counts that are told from fewer than 5 others, and other hidden counts that are told
 * exactly; `toldOfUnlisted`: counts from 1 to 4 of groups that the file does not list and that are told exactly.
 */
export async function publishPeople(
  truth: Truth,
  listings: Readonly<Record<string, Listing>>,
  declared: object = { rules: { threshold } },
) {
  const rows = rowsOfPeople(truth).filter((r) => r.counted + r.others > 0)
  const codes = [...new Set(rows.map((r) => r.place))]
  const to = asking(truth, codes, listings, declared)
  const parts = Object.entries(listings).flatMap(([indicator, listing]) =>
    partsOf(
      rows.filter((r) => listing.lists(r.place, r.group)),
      codes,
      indicator,
      listing.kind,
    ),
  )
  let choice: Awaited<ReturnType<typeof chooseShown<FigurePart>>>
  try {
    choice = await chooseShown(parts, to)
  } catch (error) {
    if (!(error instanceof UnsafeRelease)) throw error
    return { refused: error.message, figures: 0, hidden: [], told: [], toldOfUnlisted: [] }
  }
  const rowOf = new Map(rows.map((r) => [`${r.place}|${r.group}`, r]))
  const sights = parts.flatMap((p) =>
    Array.from(p.subjects, (s, at): Sight[] => {
      const row = rowOf.get(`${codes[s]}|${p.breakdown}`) as Row
      const shown = choice.verdicts.get(p)?.[at] === 'shown'
      const measures =
        listings[p.indicator]?.kind === 'proportion'
          ? (['counted', 'others', 'all'] as const)
          : (['all'] as const)
      return measures.map((measure) => {
        return { name: `${p.indicator} of ${codes[s]} ${p.breakdown}`.trim(), row, measure, shown }
      })
    }).flat(),
  )
  const found = await attack(truth, rows, sights, listings)
  const hidden = [...new Set(sights.filter((s) => !s.shown).map((s) => s.name))]
  return { refused: null, figures: choice.figures, hidden, ...found }
}

function asking(
  { districts = {} }: Truth,
  codes: readonly string[],
  listings: Readonly<Record<string, Listing>>,
  declared: object,
): ToChoose {
  const kinds = Object.entries(listings).map(([code, { kind }]): [string, Indicator] => [
    code,
    { ...(seen as Indicator), code, kind },
  ])
  const chains = Object.keys(districts).length > 0 ? [['ward', 'district']] : []
  return {
    ...{ what: 'A file', dataset: 'people', indicators: new Map(kinds) },
    declared: disclosureSchema.parse({ ...declared, chains }),
    locate(subject) {
      const code = codes[subject] ?? ''
      if (districts[code]) return { level: 'district', parents: [] }
      const above = Object.keys(districts).filter((d) => districts[d]?.includes(code))
      const parents = above.map((d) => codes.indexOf(d)).filter((at) => at >= 0)
      return { level: 'ward', parents }
    },
    name: (subject) => codes[subject] ?? '',
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
}

/** The sum behind a mean is no number of people. */
const each = 4.123

function partsOf(
  rows: readonly Row[],
  codes: readonly string[],
  indicator: string,
  kind: Listing['kind'],
): FigurePart[] {
  return [...Map.groupBy(rows, (r) => r.group)].map(([breakdown, own]) => {
    const all = own.map((r) => r.counted + r.others)
    const sums = kind === 'mean' ? all.map((n) => each * n) : own.map((r) => r.counted)
    return {
      ...{ indicator, breakdown, period: '2024', status: null },
      subjects: own.map((r) => codes.indexOf(r.place)),
      value: kind === 'count' ? all : own.map((_, at) => (sums[at] ?? 0) / (all[at] ?? 1)),
      numerator: kind === 'count' ? null : sums,
      denominator: kind === 'count' ? null : all,
    }
  })
}

const countOf = ({ row, measure }: Pick<Sight, 'row' | 'measure'>): number =>
  measure === 'all' ? row.counted + row.others : row[measure]

/** The variables of some people. */
const variablesOf = ({ row, measure }: Pick<Sight, 'row' | 'measure'>): string[] =>
  row.people.flatMap((at) => [
    ...(measure === 'others' ? [] : [`c${at}`]),
    ...(measure === 'counted' ? [] : [`o${at}`]),
  ])

async function attack(
  { people }: Truth,
  rows: readonly Row[],
  sights: readonly Sight[],
  listings: Readonly<Record<string, Listing>>,
) {
  const keyOf = (s: Pick<Sight, 'row' | 'measure'>): string =>
    `${s.row.place}|${s.row.group}|${s.measure}`
  const shown = new Set(sights.filter((s) => s.shown).map(keyOf))
  const listed = new Set(sights.map(keyOf))
  const lines = sights.flatMap((s) => {
    const sum = variablesOf(s).join('\n + ')
    const count = countOf(s)
    // The worst case: the attacker knows where nobody is, and so that all else that is hidden is somebody.
    if (shown.has(keyOf(s)) || count === 0) return [`${sum} = ${count}`]
    return [`${sum} >= 1`]
  })
  const bounds = people.flatMap((_, at) => [` 0 <= c${at} <= ${most}`, ` 0 <= o${at} <= ${most}`])
  const text = `subject to\n${[...new Set(lines)].map((l, i) => ` r${i}: ${l}`).join('\n')}\nbounds\n${bounds.join('\n')}\nend\n`
  const solver = await load()
  const widthOf = (s: Pick<Sight, 'row' | 'measure'>): readonly [number, number] => {
    const end = (way: 'minimize' | 'maximize'): number => {
      const found = solver.solve(`${way}\n obj: ${variablesOf(s).join('\n + ')}\n${text}`)
      if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
      return Math.round(found.ObjectiveValue * 1e6) / 1e6
    }
    const [low, high] = [end('minimize'), end('maximize')]
    if (!(low - 1e-6 <= countOf(s) && countOf(s) <= high + 1e-6))
      throw new Error('The attack is wrong.')
    return [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)]
  }
  const told: string[] = []
  const hidden = new Map(sights.filter((s) => !shown.has(keyOf(s))).map((s) => [keyOf(s), s]))
  for (const s of hidden.values()) {
    const count = countOf(s)
    const isSmall = count < threshold
    // Of how many people a hidden mean or share is may be worked out where they are not few.
    const kind = listings[s.name.split(' ')[0] ?? '']?.kind
    const isProtected = isSmall || s.measure !== 'all' || kind === 'count'
    if (count === 0 || !isProtected) continue
    const [low, high] = widthOf(s)
    if (high - low < (isSmall ? threshold - 1 : 1))
      told.push(`${s.name}: ${s.measure} ${count} in ${low} to ${high}`)
  }
  const toldOfUnlisted: string[] = []
  const kinds = Object.values(listings).some((l) => l.kind === 'proportion')
    ? (['all', 'counted', 'others'] as const)
    : (['all'] as const)
  for (const row of rows)
    for (const measure of kinds) {
      const count = countOf({ row, measure })
      if (listed.has(keyOf({ row, measure })) || count === 0 || count >= threshold) continue
      const [low, high] = widthOf({ row, measure })
      if (low === high) toldOfUnlisted.push(`${row.place} ${row.group}: ${measure} ${count}`)
    }
  return { told, toldOfUnlisted }
}
