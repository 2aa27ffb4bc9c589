import { type Audit, auditPattern, type CellTable, cellOf } from '@plumbline/disclosure'
import { cellKeyOf, cellsOfFigure, keyOfFigure } from './cells.ts'
import type { Counted } from './counts.ts'
import type { HidingRules } from './declaration.ts'
import { asItStood, tableWithEarlier, type WithEarlier } from './history.ts'
import { isPublic, peopleCells, withPeopleAsTold, withPeopleUnseen } from './people-cells.ts'
import { type Measure, measures, sameKeys } from './same-counts.ts'
import { basesOfSamePeople } from './same-people.ts'

/** A release beside some before it: the table, the cells of its figures, and those that are small. */
export interface Beside {
  readonly table: CellTable
  readonly cells: readonly (readonly number[])[]
  readonly small: ReadonlySet<number>
  /** Of a cell, those of other figures that are the same count. */
  readonly same: ReadonlyMap<number, readonly number[]>
  /**
   * Cells that say of how many people a figure is, where they are not few, and it counts none of them, or others list
   * them too.
   */
  readonly people: ReadonlySet<number>
  /** Cells of hidden figures that are known from another figure of an earlier release. */
  readonly known: ReadonlySet<number>
}

/** A release beside those before it that are given. */
export function besideEarlier(of: WithEarlier, rules: HidingRules): Beside {
  const table = withPeopleAsTold(tableWithEarlier(of), of)
  const cells = of.figures.map((f) =>
    cellsOfFigure('now', f).map((key) => cellOf(table, cellKeyOf(key))),
  )
  const small = new Set(smallCells(table, rules))
  const bases = basesOfSamePeople(of.figures, (m, f) => keyOfFigure('now', m, f))
  const people = [
    ...peopleCells(table, of.figures).map(({ cell }) => cell),
    ...bases.map((key) => cellOf(table, cellKeyOf(key))),
  ]
  return {
    ...{ table, cells, small, people: new Set(people.filter((cell) => !small.has(cell))) },
    ...{ same: sameCells(table, of), known: knownCells(table, of) },
  }
}

/** What an attacker can tell of a release of which some figures are hidden, by their places. */
export function attackBeside(
  beside: Beside,
  rules: HidingRules,
  isDark: (at: number) => boolean,
): Promise<Audit> {
  const hidden = darkCells(beside, isDark)
  const { table, dark } = withPeopleUnseen(beside.table, hidden, beside.people)
  return auditPattern(table, rules, dark, dark)
}

/** Cells of figures that are the same count, of each all of them. */
function sameCells(table: CellTable, { figures }: WithEarlier): Map<number, readonly number[]> {
  const same = sameKeys(figures, (m, f) => keyOfFigure('now', m, f))
  const cellOfKey = (key: string): number => cellOf(table, cellKeyOf(key))
  return new Map([...same].map(([key, all]) => [cellOfKey(key), all.map(cellOfKey)]))
}

/**
 * Cells of figures that an earlier release hid as they are, and one of whose counts another figure showed: that of
 * how many a share is, beside the share of another question.
 */
function knownCells(table: CellTable, { figures, earlier }: WithEarlier): Set<number> {
  const known = new Set<string>()
  for (const { figures: old, hidden } of earlier) {
    const keyOf = (m: Measure, f: Counted): string => `${m}|${asItStood(f)}`
    const same = sameKeys(old, keyOf)
    if (same.size === 0) continue
    for (const [at, f] of old.entries())
      if (!hidden(at))
        for (const m of measures) for (const k of same.get(keyOf(m, f)) ?? []) known.add(k)
  }
  const cells = figures.flatMap((f) =>
    measures
      .filter((m) => known.has(`${m}|${asItStood(f)}`))
      .map((m) => cellOf(table, cellKeyOf(keyOfFigure('now', m, f)))),
  )
  return new Set(cells)
}

/** The cells that figures hide and no other figure shows: a share may be hidden, and of how many it is shown elsewhere. */
export function darkCells(
  { table, cells, same, known, small }: Beside,
  isDark: (at: number) => boolean,
): Uint8Array {
  const dark = new Uint8Array(table.keys.length)
  for (const [at, own] of cells.entries()) {
    if (!isDark(at)) continue
    // A 0 is taken as known: nobody is behind it, and a total of 0 would tell it anyhow.
    // What was public before cannot be hidden.
    for (const cell of own)
      if ((table.counts[cell] ?? 0) > 0 && !isPublic(table, cell)) dark[cell] = 1
  }
  for (const cell of known) if (!small.has(cell)) dark[cell] = 0
  for (const [at, own] of cells.entries())
    if (!isDark(at))
      for (const cell of own) for (const other of same.get(cell) ?? []) dark[other] = 0
  return dark
}

/** Cells that the threshold itself hides. */
function smallCells(table: CellTable, rules: HidingRules): number[] {
  const least = rules.zeros === 'hidden' ? 0 : 1
  return [...table.counts.keys()].filter((cell) => {
    const count = table.counts[cell] as number
    return !isPublic(table, cell) && count >= least && count < (rules.threshold ?? 1)
  })
}
