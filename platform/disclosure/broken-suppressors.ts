import type { Suppress } from './hide.ts'

/** Suppressors that look right and are not: tests must find them out. */

/** The sums of a table, each as its cells: the total first. */
function* sumsOf({ relations }: Parameters<Suppress>[0]): Generator<number[]> {
  for (let r = 0; r < relations.dimensions.length; r++) {
    yield [...relations.cells.subarray(relations.start[r], relations.start[r + 1])]
  }
}

/** Hides small counts, and nothing that protects them. */
export async function primaryOnly(table: Parameters<Suppress>[0]) {
  return {
    hidden: Uint8Array.from(table.counts, (x, at) =>
      table.statuses[at] === 0 && x > 0 && x < 5 ? 1 : 0,
    ),
  }
}

/** Where one part of a sum is hidden, hides the lowest two by rank: a sibling of 0 protects nothing. */
export async function lowestTwo(table: Parameters<Suppress>[0]) {
  const { hidden } = await primaryOnly(table)
  for (const [, ...parts] of sumsOf(table)) {
    const dark = parts.filter((p) => hidden[p] === 1)
    if (dark.length !== 1) continue
    const sorted = parts.toSorted((a, b) => (table.counts[a] ?? 0) - (table.counts[b] ?? 0))
    for (const p of sorted.slice(0, 2)) if (table.statuses[p] === 0) hidden[p] = 1
  }
  return { hidden }
}

/** Makes each sum safe by itself, once, and never looks at what that opens elsewhere. */
export async function oneAtATime(table: Parameters<Suppress>[0]) {
  const { hidden } = await primaryOnly(table)
  for (const [total, ...parts] of sumsOf(table)) {
    const all = [total as number, ...parts]
    const dark = all.filter((c) => hidden[c] === 1)
    if (dark.length !== 1) continue
    const next = parts.find((p) => hidden[p] === 0 && (table.counts[p] ?? 0) > 0)
    if (next !== undefined && table.statuses[next] === 0) hidden[next] = 1
  }
  return { hidden }
}
