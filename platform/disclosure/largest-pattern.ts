import type { Audit } from '@plumbline/disclosure'
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
