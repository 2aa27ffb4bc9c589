import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import type { Earlier } from './history.ts'
import { UnsafeRelease } from './unsafe-release.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

/** More people than there are in any table. */
const most = 100_000
const threshold = 5

/** The people of each place, by their ages in years: the same in every release. */
export type Ages = Readonly<Record<string, readonly number[]>>

/** A row of a release: a place, what it calls the ages (`''` for everyone), and which they are. */
export interface BandRow {
  readonly place: string
  readonly label: string
  readonly from: number
  /** The first age that it holds no more. */
  readonly to: number
}

/** Wards lie in the district D. */
const isWard = (place: string): boolean => place.startsWith('W')

/** How many people of a place are from one age up to another. */
export function peopleOf(people: Ages, { place, from, to }: Omit<BandRow, 'label'>): number {
  const places = place === 'D' ? Object.keys(people) : [place]
  return places.flatMap((p) => people[p]?.slice(from, to) ?? []).reduce((n, x) => n + x, 0)
}

/**
 * Publishes releases that cut ages elsewhere, each in the place of the one before, and attacks all of them. Tests
 * alone use it.
 */
export async function publishCuts(
  people: Ages,
  releases: readonly (readonly BandRow[])[],
): Promise<{ hidden: string[]; refused: number; leaks: string[] }> {
  const earlier: Earlier[] = []
  const shown: BandRow[] = []
  const dark: BandRow[] = []
  const hidden: string[] = []
  let refused = 0
  for (const [at, rows] of releases.entries()) {
    const { parts, to } = asked(people, rows, earlier)
    try {
      const { verdicts } = await chooseShown(parts, to)
      const isShown = ({ place, label }: BandRow): boolean =>
        parts.some(
          (p) =>
            p.breakdown === groupOf(label) &&
            verdicts.get(p)?.[Array.from(p.subjects).indexOf(to.subjectOf(place))] === 'shown',
        )
      const seen = rows.map(isShown)
      shown.push(...rows.filter((_, i) => seen[i]))
      dark.push(...rows.filter((_, i) => !seen[i]))
      hidden.push(...rows.filter((_, i) => !seen[i]).map((r) => `${at + 1}: ${r.place} ${r.label}`))
      const figures = rows.map((r) => ({
        ...{ subject: to.subjectOf(r.place), group: groupOf(r.label) },
        ...{ part: peopleOf(people, r), base: null },
      }))
      earlier.push({ release: at + 1, order: at + 1, figures, hidden: (i) => !seen[i] })
    } catch (error) {
      if (!(error instanceof UnsafeRelease)) throw error
      refused += 1
    }
  }
  return { hidden, refused, leaks: await attackCuts(people, shown, dark) }
}

const groupOf = (label: string): string => (label === '' ? '' : `age=${label}`)

function asked(people: Ages, rows: readonly BandRow[], earlier: readonly Earlier[]) {
  const seen = clinics.indicators.get('seen-in-time')
  if (!seen) throw new Error('The made-up indicator is gone.')
  const counted: Indicator = { ...seen, code: 'people', kind: 'count' }
  const codes = ['D', ...Object.keys(people)]
  const to: ToChoose & { subjectOf: (place: string) => number } = {
    ...{ what: 'Release', dataset: 'people', indicators: new Map([['people', counted]]) },
    declared: disclosureSchema.parse({ rules: { threshold }, chains: [['ward', 'district']] }),
    subjectOf: (place) => codes.indexOf(place),
    locate: (subject) =>
      isWard(codes[subject] ?? '')
        ? { level: 'ward', parents: [0] }
        : { level: 'district', parents: [] },
    name: (subject) => codes[subject] ?? '',
    code: (subject) => codes[subject] ?? '',
    earlier: async () => earlier,
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  const parts = [...Map.groupBy(rows, (r) => groupOf(r.label))].map(
    ([breakdown, own]): FigurePart => ({
      ...{ indicator: 'people', breakdown, period: '2024', status: null, numerator: null },
      ...{ denominator: null, subjects: own.map((r) => codes.indexOf(r.place)) },
      value: own.map((r) => peopleOf(people, r)),
    }),
  )
  return { parts, to }
}

/**
 * An attacker who shares no code with what hides, and knows that the people are the same in all releases: for each
 * run of ages of a place in which 1 to 4 are and that no release shows, how many there may be.
 * @returns a line for each that can be told from `threshold` others.
 */
async function attackCuts(
  people: Ages,
  shown: readonly BandRow[],
  dark: readonly BandRow[],
): Promise<string[]> {
  const solver = await load()
  const all = [...shown, ...dark]
  const cuts = [...new Set(all.flatMap((r) => [r.from, r.to]))].sort((a, b) => a - b)
  const wards = Object.keys(people)
  const sumOf = ({ place, from, to }: Omit<BandRow, 'label'>): string =>
    (place === 'D' ? wards : [place])
      .flatMap((p) => cuts.filter((c) => from <= c && c < to).map((c) => `${p}from${c}`))
      .join(' + ')
  const lines = shown.map((r) => `${sumOf(r)} = ${peopleOf(people, r)}`)
  // The worst case: it is known where nobody is, and so that all else that is hidden is somebody.
  for (const r of dark) lines.push(`${sumOf(r)} ${peopleOf(people, r) === 0 ? '= 0' : '>= 1'}`)
  const text = `subject to\n${lines.map((l, i) => ` c${i}: ${l}`).join('\n')}\nbounds\n${wards
    .flatMap((p) => cuts.map((c) => ` 0 <= ${p}from${c} <= ${most}`))
    .join('\n')}\nend\n`
  const runs = ['D', ...wards].flatMap((place) =>
    cuts.flatMap((from, i) => cuts.slice(i + 1).map((to) => ({ place, from, to }))),
  )
  return runs.flatMap((run) => {
    const count = peopleOf(people, run)
    const isShown = shown.some(
      (r) => r.place === run.place && r.from === run.from && r.to === run.to,
    )
    if (count < 1 || count >= threshold || isShown) return []
    const end = (way: 'minimize' | 'maximize'): number => {
      const found = solver.solve(`${way}\n obj: ${sumOf(run)}\n${text}`)
      if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
      return Math.round(found.ObjectiveValue * 1e6) / 1e6
    }
    const [low, high] = [end('minimize'), end('maximize')]
    const width = Math.floor(high + 1e-6) - Math.ceil(low - 1e-6)
    return width < threshold - 1
      ? [`${run.place} from ${run.from} to ${run.to} is ${count}: ${low} to ${high}`]
      : []
  })
}
