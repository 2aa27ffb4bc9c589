import { type Audit, cellStatuses } from '@plumbline/disclosure'
import { attackBeside, type Beside } from './beside.ts'
import type { HidingRules } from './declaration.ts'

/** The most figures that can be hidden so that none of them can be worked out. */
export interface Largest {
  /** Those that are hidden, by their places. */
  readonly hidden: ReadonlySet<number>
  /** Whether it is safe: else no pattern is. */
  readonly audit: Audit
}

/**
 * Hides everything, and shows again what can be worked out all the same, until nothing else can. Hiding more never
 * helps an attacker, so every safe pattern lies within the one that is found; where what must be hidden can be worked
 * out even so, there is none.
 * @param must the figures that may not be shown, by their places.
 */
export async function largestPattern(
  beside: Beside,
  rules: HidingRules,
  must: ReadonlySet<number>,
): Promise<Largest> {
  const { table, cells } = beside
  const figuresOf = new Map<string, number[]>()
  for (const [at, own] of cells.entries())
    for (const cell of own) {
      const key = table.keys[cell] as string
      figuresOf.set(key, [...(figuresOf.get(key) ?? []), at])
    }
  const hidden = new Set(cells.keys())
  while (true) {
    const audit = await attackBeside(beside, rules, (at) => hidden.has(at))
    const told = audit.leaks
      .flatMap(({ key }) => figuresOf.get(key) ?? [])
      .filter((at) => hidden.has(at) && !must.has(at))
    if (told.length === 0) return { hidden, audit }
    for (const at of told) hidden.delete(at)
  }
}

/**
 * A release beside those before it, where what follows from these is public: counts that are not small and that can be
 * worked out though all is hidden now. Hiding a figure does not keep them, and showing it would tell its other counts:
 * a share of which the releases before tell who was counted, and not of how many.
 * @returns the same where there are none.
 */
export async function withToldPublic(beside: Beside, rules: HidingRules): Promise<Beside> {
  const { table, cells, small } = beside
  const { leaks } = await attackBeside(beside, rules, () => true)
  const exact = new Set(leaks.filter((l) => l.lower === l.upper).map((l) => l.key))
  const told = cells.flat().filter((c) => exact.has(table.keys[c] as string) && !small.has(c))
  if (told.length === 0) return beside
  const statuses = table.statuses.slice()
  for (const cell of told) statuses[cell] = cellStatuses.indexOf('published')
  return { ...beside, table: { ...table, statuses } }
}
