import { z } from 'zod'
import { chosenBy, type Indicator } from '../evidence/indicator.ts'
import { takeSchema } from '../evidence/takes.ts'

/** What a report card looks at (para 19). */
export const parts = ['outcomes', 'experience', 'fairness', 'value'] as const
export type Part = (typeof parts)[number]

const weight = z.number().positive().max(1000)
/** What the page says beside a part: what stands in for what, and what is not there yet. */
const note = z.string().min(10).optional()

/** An indicator that counts; its own polarity says which way is good. */
const counted = z.strictObject({
  indicator: z.string(),
  weight: weight.default(1),
  /**
   * For ratings alone: the score, 0 to 100, of each word from the lowest up. A rating is a judgement
   * already and is not placed among others.
   */
  levels: z.array(z.number().min(0).max(100)).min(2).optional(),
  /**
   * For ratings alone: how sure their score is, as its author judges. `points` is the standard error on
   * the day; the error grows with age as the square root of `points`² + years × `yearly`².
   */
  doubt: z
    .strictObject({ points: z.number().positive().max(50), yearly: z.number().min(0).max(50) })
    .optional(),
})

/** The gap between two groups of a provider's own people. */
const gap = z.strictObject({
  indicator: z.string(),
  /** The group that starts behind, and the one that it is held against: `disadvantage=other`. */
  behind: z.string(),
  ahead: z.string(),
  weight: weight.default(1),
})

/**
 * A report card as its author writes it and others review it: which indicators stand for each part of a
 * service, and with which weights.
 */
export const cardSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  service: z.string(),
  setBy: z.string().min(3),
  /** How much each part counts in the overall grade, in any unit. */
  weights: z.strictObject({
    outcomes: weight,
    experience: weight,
    fairness: weight,
    value: weight,
  }),
  outcomes: z.strictObject({ note, indicators: z.array(counted) }),
  experience: z.strictObject({ note, indicators: z.array(counted) }),
  fairness: z.strictObject({
    note,
    gaps: z.array(gap),
    /** Points, of 100, that closing a gap most may add; from how many people of the group. */
    credit: z
      .strictObject({
        points: z.number().positive().max(20),
        least: z.int().positive(),
      })
      .optional(),
  }),
  /** What is paid, an indicator in pounds; null where no source says. */
  value: z.strictObject({
    note,
    cost: z.string().nullable(),
    /** Whose cost can be held against others': the rest have no score and are in nobody's horizon. */
    takes: z.array(takeSchema).default([]),
  }),
  /** From how many of its last periods an indicator is taken: the newest in which there is a figure. */
  periods: z.int().min(1).max(12).default(3),
})
export type Card = z.infer<typeof cardSchema>

/** How sure a rating's score is: points on the day of the rating, and what each year adds. */
export interface RatingDoubt {
  readonly points: number
  readonly yearly: number
}

/** Something that counts towards a part, with its own score. */
export interface Item {
  readonly part: Part
  readonly indicator: string
  readonly weight: number
  readonly levels: readonly number[] | null
  readonly doubt: RatingDoubt | null
  readonly gap: { readonly behind: string; readonly ahead: string } | null
}

const nothing = { levels: null, doubt: null, gap: null }

/** All that counts, in the order of the parts. */
export function itemsOf(card: Card): Item[] {
  const figures = (part: 'outcomes' | 'experience'): Item[] =>
    card[part].indicators.map((i) => ({
      part,
      indicator: i.indicator,
      weight: i.weight,
      levels: i.levels ?? null,
      doubt: i.doubt ?? null,
      gap: null,
    }))
  const gaps = card.fairness.gaps.map(({ indicator, weight, behind, ahead }): Item => {
    return { ...nothing, part: 'fairness', indicator, weight, gap: { behind, ahead } }
  })
  const { cost } = card.value
  const money: Item[] =
    cost === null ? [] : [{ ...nothing, part: 'value', indicator: cost, weight: 1 }]
  return [...figures('outcomes'), ...figures('experience'), ...gaps, ...money]
}

/** The indicators that a card rests on. */
export const indicatorsOf = (card: Card): Set<string> =>
  new Set([...itemsOf(card), ...card.value.takes].map((i) => i.indicator))

/**
 * What is wrong with a card beside the indicators that are described; null where nothing is.
 * @example problemOf(card, indicators) // 'names "smoke", which nobody describes'
 */
export function problemOf(
  card: Card,
  indicators: ReadonlyMap<
    string,
    {
      readonly polarity: string
      readonly labels?: readonly string[] | undefined
      readonly dated?: string | undefined
      readonly selected?: Indicator['selected']
    }
  >,
): string | null {
  for (const item of itemsOf(card)) {
    const indicator = indicators.get(item.indicator)
    if (!indicator) return `names "${item.indicator}", which nobody describes`
    if (item.doubt && !indicator.dated) {
      return `says how the doubt of "${item.indicator}" grows, and nobody says when each value was made`
    }
    if (indicator.selected !== undefined) {
      return `names "${item.indicator}", which counts ${chosenBy[indicator.selected]}: nobody is graded by it`
    }
    if (item.part !== 'value' && indicator.polarity === 'neither') {
      return `names "${item.indicator}", of which neither high nor low is good`
    }
    if ((indicator.labels?.length ?? 0) !== (item.levels?.length ?? 0)) {
      return `needs a score for each word of "${item.indicator}", and for no other indicator`
    }
  }
  const unknown = card.value.takes.find((t) => !indicators.has(t.indicator))
  return unknown ? `names "${unknown.indicator}", which nobody describes` : null
}
