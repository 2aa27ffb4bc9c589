import type { Peers } from '@plumbline/statistics'
import type { Card, Item } from './card.ts'
import {
  type Grades,
  gradeMarks,
  type Marks,
  markOverall,
  markParts,
  type PartMarks,
} from './grade.ts'
import {
  fillDoubt,
  type Measured,
  type Scored,
  scoreItem,
  scoreRating,
  states,
  unscored,
} from './score.ts'

/** A period of an item's figures, oldest first. */
export interface Figures {
  readonly measured: Measured
  readonly hidden: Uint8Array
  /** Places whose figure the card does not take: in no horizon and without a score. */
  readonly leftOut?: Uint8Array
  /** Of ratings: how many years old each was at the period's end; NaN where nobody says. */
  readonly age?: Float64Array
}

export interface MarkedItem extends Scored {
  /** From which of the periods given each score is; -1 for none. */
  readonly period: Int8Array
}

/** All cards of a service. */
export interface MarkedCards {
  readonly items: readonly MarkedItem[]
  readonly marks: PartMarks
  readonly overall: Marks
  readonly grades: Readonly<Record<keyof PartMarks | 'overall', Grades>>
}

/** Who is held against whom. */
export interface Circle {
  /** The places of those that are held against each other: of one kind. */
  readonly members: readonly number[]
  /** The places of each one's peers. */
  readonly peers: (place: number) => readonly number[]
}

/**
 * Scores every item of every provider in the newest period in which it has a figure, each period among those
 * of the same period. Of a gap and of what is paid, less is better.
 * @param polarity which way is good of the indicator itself.
 */
export function markItem(
  item: Item,
  periods: readonly Figures[],
  circles: readonly Circle[],
  polarity: 'high' | 'low',
  n: number,
): MarkedItem {
  const better = item.gap || item.part === 'value' ? 'low' : polarity
  const found = { ...unscored(n), period: new Int8Array(n).fill(-1) }
  for (const [k, { measured: all, hidden, leftOut, age }] of periods.entries()) {
    const newest = k === periods.length - 1
    const measured = leftOut ? without(all, leftOut) : all
    for (const circle of circles) {
      const scored = scoreCircle(item, { ...measured, age: age ?? null }, circle, better)
      circle.members.forEach((i, at) => {
        const state = scored.state[at] as number
        if (leftOut?.[i] === 1 && !Number.isNaN(all.value[i] as number)) {
          found.score[i] = -1
          found.error[i] = -1
          found.state[i] = states.indexOf('left out')
          found.period[i] = k
          return
        }
        if (state === states.indexOf('no figure')) {
          if (newest && hidden[i] === 1 && found.score[i] === -1)
            found.state[i] = states.indexOf('hidden')
          return
        }
        found.score[i] = scored.score[at] as number
        found.error[i] = scored.error[at] as number
        found.state[i] = state
        found.period[i] = k
      })
    }
  }
  return found
}

function without({ value, lower95, upper95 }: Measured, leftOut: Uint8Array): Measured {
  const rest = (column: Float64Array): Float64Array =>
    column.map((x, i) => (leftOut[i] === 1 ? Number.NaN : x))
  return { value: rest(value), lower95: rest(lower95), upper95: rest(upper95) }
}

function scoreCircle(
  item: Item,
  measured: Measured & { readonly age: Float64Array | null },
  { members, peers }: Circle,
  better: 'high' | 'low',
): Scored {
  const take = (column: Float64Array): Float64Array =>
    Float64Array.from(members, (i) => column[i] as number)
  if (item.levels) {
    const age = measured.age && take(measured.age)
    return scoreRating(take(measured.value), item.levels, item.doubt, age)
  }
  const own = {
    value: take(measured.value),
    lower95: take(measured.lower95),
    upper95: take(measured.upper95),
  }
  return scoreItem(own, peersAmong(members, peers), better)
}

/** Peers by their place among the members; others, and the member itself, are left out. */
function peersAmong(members: readonly number[], peers: Circle['peers']): Peers {
  const at = new Map(members.map((i, place) => [i, place]))
  const starts = new Uint32Array(members.length + 1)
  const all: number[] = []
  members.forEach((i, place) => {
    for (const peer of peers(i)) {
      const found = at.get(peer)
      if (found !== undefined && found !== place) all.push(found)
    }
    starts[place + 1] = all.length
  })
  return { starts, members: Uint32Array.from(all) }
}

/**
 * Marks and grades from scored items. Fills in the doubt of scores without one of their own.
 * @param credit what closing gaps adds to fairness, 0 to 1.
 */
export function markCards(
  card: Card,
  items: readonly Item[],
  scored: readonly MarkedItem[],
  credit: Float64Array,
): MarkedCards {
  for (const part of ['outcomes', 'experience', 'fairness'] as const) {
    fillDoubt(scored.filter((_, k) => items[k]?.part === part && items[k]?.levels === null))
  }
  const marks = markParts(items, scored, credit)
  const overall = markOverall(marks, card.weights)
  return {
    items: scored,
    marks,
    overall,
    grades: {
      outcomes: gradeMarks(marks.outcomes),
      experience: gradeMarks(marks.experience),
      fairness: gradeMarks(marks.fairness),
      value: gradeMarks(marks.value),
      overall: gradeMarks(overall),
    },
  }
}
