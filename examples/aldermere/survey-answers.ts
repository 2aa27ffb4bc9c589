import type { Answers } from '../../platform/surveys/routing.ts'
import type { Random } from './random.ts'
import { wordsFor } from './survey-texts.ts'

/** What people find of a provider, in standard deviations of one answer; higher is better. */
export interface Leaning {
  /** Of everything there. */
  readonly quality: number
  /** Of being served in good time, beyond that. */
  readonly time: number
}

/** How each part goes in the county: where the middle of its answers lies above "neither". */
const usual = {
  ...{ timeliness: 0.55, ease: 0.7, information: 0.9 },
  ...{ fairness: 1.1, outcome: 0.85, dignity: 1.3, staff: 1 },
} as const
type Part = keyof typeof usual

/** How much each part weighs in what somebody finds overall: what matters most is known here. */
const matters: Readonly<Record<Part, number>> = {
  ...{ timeliness: 0.3, ease: 0.1, information: 0.05, fairness: 0.05 },
  ...{ outcome: 0.2, dignity: 0.25, staff: 0.05 },
}

/** From 1 to 5, as somebody answers who leans so far. */
const scoreOf = (x: number): string =>
  String(1 + [-1.4, -0.5, 0.3, 1.3].filter((cut) => x > cut).length)

const ages = ['under-25', '25-44', '45-64', '65-over'] as const

/** One person's answers to the standard questions, drawn; what they write is about what they found worst. */
export function answersOf(
  random: Random,
  { quality, time }: Leaning,
  { isOlder, service }: { readonly isOlder: boolean | null; readonly service: string },
): Answers {
  // Whoever is content is so with most things.
  const person = 0.75 * random.normal()
  const found = new Map<Part, number>()
  for (const [part, middle] of Object.entries(usual) as [Part, number][]) {
    const more = part === 'timeliness' ? time : 0
    found.set(part, middle + 0.35 * quality + more + person + 0.8 * random.normal())
  }
  const all = [...found]
  const overall = all.reduce((sum, [part, x]) => sum + matters[part] * x, 0.25 * random.normal())
  const metStaff = random.share() < 0.9
  const age =
    isOlder === null ? random.pick(ages) : isOlder ? '65-over' : random.pick(ages.slice(0, 3))
  const worst = all.toSorted((a, b) => a[1] - b[1])[0]?.[0] ?? 'ease'
  const writes = random.share() < 0.05
  const text = random.pick(wordsFor(service, worst))
  return {
    overall: scoreOf(overall),
    ...Object.fromEntries(
      all.flatMap(([part, x]) => (part === 'staff' && !metStaff ? [] : [[part, scoreOf(x)]])),
    ),
    'met-staff': metStaff ? 'yes' : 'no',
    expected: scoreOf(0.8 + 0.5 * random.normal()),
    ...{ age, sex: random.pick(['women', 'men', 'women', 'men', 'not-said'] as const) },
    ...(writes ? { better: text } : {}),
  }
}
