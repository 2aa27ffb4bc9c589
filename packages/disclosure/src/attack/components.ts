import type { CellTable } from '../table/table.ts'

/**
 * The unseen cells that hang together by sums: what an attacker learns of one component says nothing of another.
 * Each in the order of the table.
 */
export function componentsOf({ relations, ofCell }: CellTable, among: Uint8Array): Int32Array[] {
  const seen = new Uint8Array(among.length)
  const seenSum = new Uint8Array(relations.dimensions.length)
  const components: Int32Array[] = []
  for (let first = 0; first < among.length; first++) {
    if (among[first] === 0 || seen[first] === 1) continue
    const found = [first]
    seen[first] = 1
    for (let at = 0; at < found.length; at++) {
      const cell = found[at] as number
      for (let e = ofCell.start[cell] as number; e < (ofCell.start[cell + 1] as number); e++) {
        const r = ofCell.relations[e] as number
        if (seenSum[r] === 1) continue
        seenSum[r] = 1
        for (let i = relations.start[r] as number; i < (relations.start[r + 1] as number); i++) {
          const next = relations.cells[i] as number
          if (among[next] === 0 || seen[next] === 1) continue
          seen[next] = 1
          found.push(next)
        }
      }
    }
    components.push(Int32Array.from(found).sort())
  }
  return components
}

/** The cells nearest to one by sums, at most so many; in the order of the table. */
export function neighbourhood(
  { relations, ofCell }: CellTable,
  first: number,
  among: Uint8Array,
  limit: number,
): Int32Array {
  const found = [first]
  const seen = new Set(found)
  const seenSum = new Set<number>()
  for (let at = 0; at < found.length && found.length < limit; at++) {
    const cell = found[at] as number
    for (let e = ofCell.start[cell] as number; e < (ofCell.start[cell + 1] as number); e++) {
      const r = ofCell.relations[e] as number
      if (seenSum.has(r)) continue
      seenSum.add(r)
      for (let i = relations.start[r] as number; i < (relations.start[r + 1] as number); i++) {
        const next = relations.cells[i] as number
        if (among[next] === 0 || seen.has(next) || found.length === limit) continue
        seen.add(next)
        found.push(next)
      }
    }
  }
  return Int32Array.from(found).sort()
}
