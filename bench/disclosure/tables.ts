import type { Category, Dimension, Row } from '@plumbline/disclosure'
import { randomSource } from '@plumbline/statistics/random'

/** A tree with so many children at each level. */
export function treeOf(name: string, widths: readonly number[], code = name): Category {
  const [width, ...rest] = widths
  if (width === undefined) return { code }
  const children = Array.from({ length: width }, (_, i) => treeOf(name, rest, `${code}.${i}`))
  return { code, children }
}

/** All nodes of a tree with the leaves below each. */
function leavesOf(category: Category, into: Map<string, string[]>): string[] {
  const leaves = category.children?.length
    ? category.children.flatMap((child) => leavesOf(child, into))
    : [category.code]
  into.set(category.code, leaves)
  return leaves
}

/**
 * A full table of skewed counts: most leaves are some tens, a few are small and a few are 0, as in counts of
 * people by place and group.
 *
 * @param mean the mean count of a leaf.
 */
export function randomTable(
  dimensions: readonly Dimension[],
  mean: number,
  seed: number,
): { readonly dimensions: readonly Dimension[]; readonly rows: readonly Row[] } {
  const random = randomSource(seed)
  const leaves = dimensions.map(({ total }) => {
    const into = new Map<string, string[]>()
    leavesOf(total, into)
    return into
  })
  const weights = dimensions.map(
    ({ total }, d) =>
      new Map(
        (leaves[d] as Map<string, string[]>)
          .get(total.code)
          ?.map((code) => [code, 0.3 + 1.4 * random.uniform()] as const),
      ),
  )
  const counts = new Map<string, number>()
  const eachOf = (d: number, codes: readonly string[], weight: number): void => {
    if (d === dimensions.length) {
      const u = 1 - random.uniform()
      counts.set(codes.join('|'), Math.floor(-Math.log(u) * mean * weight))
      return
    }
    for (const [code, by] of weights[d] as Map<string, number>)
      eachOf(d + 1, [...codes, code], weight * by)
  }
  eachOf(0, [], 1)
  return { dimensions, rows: allRows(leaves, counts) }
}

function allRows(
  leaves: readonly ReadonlyMap<string, readonly string[]>[],
  leafCounts: ReadonlyMap<string, number>,
): Row[] {
  let counts = leafCounts
  leaves.forEach((into, d) => {
    const at = new Map<string, string[]>()
    for (const [code, below] of into)
      for (const leaf of below) at.set(leaf, [...(at.get(leaf) ?? []), code])
    const sums = new Map<string, number>()
    for (const [key, count] of counts) {
      const codes = key.split('|')
      for (const code of at.get(codes[d] as string) as string[]) {
        const next = codes.with(d, code).join('|')
        sums.set(next, (sums.get(next) ?? 0) + count)
      }
    }
    counts = sums
  })
  return Array.from(counts, ([key, count]) => ({ codes: key.split('|'), count }))
}
