import { DisclosureError } from '../errors.ts'

/** A category of a dimension, with those that add up to it: a region with its districts. */
export interface Category {
  readonly code: string
  readonly children?: readonly Category[]
}

/** What a table is broken down by: its total, and the tree of categories below it. */
export interface Dimension {
  readonly name: string
  readonly total: Category
}

/** A dimension as arrays: the total is node 0, children follow their parents in the order of their codes. */
export interface Tree {
  readonly name: string
  readonly codes: readonly string[]
  /** The parent of each node, -1 for the total. */
  readonly parents: Int32Array
  readonly children: readonly Int32Array[]
  readonly nodeOf: ReadonlyMap<string, number>
}

/** Code units, not a locale, so that the order is the same on every machine. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The arrays of a dimension; throws DisclosureError where a code occurs twice. */
export function treeOf(dimension: Dimension): Tree {
  const codes: string[] = []
  const parents: number[] = []
  const children: Int32Array[] = []
  const nodeOf = new Map<string, number>()
  const visit = (category: Category, parent: number): number => {
    const node = codes.length
    if (nodeOf.has(category.code)) {
      const sentence = `${dimension.name} has the code ${category.code} twice; give each category its own`
      throw new DisclosureError('invalid-table', sentence)
    }
    codes.push(category.code)
    parents.push(parent)
    nodeOf.set(category.code, node)
    const below = [...(category.children ?? [])].sort((a, b) => byCodeUnits(a.code, b.code))
    children.push(new Int32Array(0))
    children[node] = Int32Array.from(below, (child) => visit(child, node))
    return node
  }
  visit(dimension.total, -1)
  return { name: dimension.name, codes, parents: Int32Array.from(parents), children, nodeOf }
}
