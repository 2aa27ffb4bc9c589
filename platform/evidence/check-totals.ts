import { readDecimalComma, readNumber } from './cells.ts'
import type { Severity } from './checks.ts'
import type { TotalPlan } from './plan.ts'
import type { Problem } from './reading.ts'
import type { Row } from './template.ts'

/** Sums of a row that the file promises and that do not come out, each with how grave it is. */
export function checkTotals(
  totals: readonly TotalPlan[],
  cells: Row,
  commas: ReadonlySet<number>,
): { severity: Severity; problem: Problem }[] {
  const wrong: { severity: Severity; problem: Problem }[] = []
  for (const t of totals) {
    if (!t.applies(cells)) continue
    const value = cells[t.total] ?? ''
    const read = (at: number): number =>
      (commas.has(at) ? readDecimalComma : readNumber)(cells[at] ?? '')
    const total = read(t.total)
    const sum = t.parts.reduce((s, at) => s + read(at), 0)
    if (Number.isNaN(total) || Number.isNaN(sum)) continue
    if (Math.abs(total - sum) <= t.tolerance) continue
    // Rows refused are read one by one; a warning's sentence stands for many.
    const here = t.severity === 'refuse' ? ` (here they make ${Number(sum.toFixed(2))})` : ''
    const sentence = `The parts of "${t.column}" do not add up to it${here}.`
    wrong.push({
      severity: t.severity,
      problem: { rule: 'total', column: t.column, value, sentence },
    })
  }
  return wrong
}
