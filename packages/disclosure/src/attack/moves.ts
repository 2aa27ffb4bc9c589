import type { Tree } from '../table/dimension.ts'
import type { CellTable, Grid } from '../table/table.ts'
import type { Freedom } from './freedom.ts'

/** Cells that can move together, up by a step or down by it, without any sum changing. */
export interface Move {
  readonly cells: readonly number[]
  /** 1 up, -1 down. */
  readonly signs: readonly number[]
  readonly cost: number
}

/** What is looked for. */
export interface Search {
  readonly table: CellTable
  readonly freedom: Freedom
  /** What each cell costs to take part: 0 where it is hidden, Infinity where it cannot be. */
  readonly costs: Float64Array
}

/** Nodes of a tree that move together, with their signs, so that all sums of the tree hold. */
interface Pattern {
  readonly nodes: readonly number[]
  readonly signs: readonly number[]
}

/** Of a dimension with very many patterns only so many are tried, the shortest first. */
const patternLimit = 64
const combinationLimit = 512

/**
 * The cheapest move of a cell by a step that is a product of moves along its dimensions. In a plain table that
 * is the hypercube of Repsilber (1994); in a tree a subtotal takes a chain of cells below it along.
 */
export function cheapestMove(
  search: Search,
  grid: Grid,
  cell: number,
  step: number,
): Move | undefined {
  const position = grid.positions[cell] as number
  // The widest dimension is searched by branches; the others by their patterns.
  const deep = grid.trees.reduce(
    (best, tree, d) => (tree.codes.length > (grid.trees[best] as Tree).codes.length ? d : best),
    0,
  )
  const tree = grid.trees[deep] as Tree
  const own = nodeAt(grid, deep, position)
  let best: Move | undefined
  let tried = 0
  // Every cell of a partial product is a cell of all products that it grows to: one that cannot move ends it.
  const grow = (d: number, so: Pattern): void => {
    if (best?.cost === 0 || tried >= combinationLimit) return
    const line = lineOf(search, grid, deep, so, step)
    const most = best?.cost ?? Number.POSITIVE_INFINITY
    if (line(own, 1, most) >= most) return
    if (d < grid.trees.length) {
      if (d === deep) grow(d + 1, so)
      else for (const next of productsOf(grid, d, position, so)) grow(d + 1, next)
      return
    }
    tried += 1
    const branch = cheapestBranch(line, tree, own, most)
    if (branch) best = moveOf(grid, deep, so, branch)
  }
  grow(0, { nodes: [position - own * (grid.strides[deep] as number)], signs: [1] })
  return best
}

const nodeAt = ({ trees, strides }: Grid, d: number, position: number): number =>
  Math.floor(position / (strides[d] as number)) % (trees[d] as Tree).codes.length

/** Positions times each pattern of one more dimension. */
function* productsOf(grid: Grid, d: number, position: number, so: Pattern): Generator<Pattern> {
  const stride = grid.strides[d] as number
  const own = nodeAt(grid, d, position)
  for (const pattern of patternsOf(grid.trees[d] as Tree, own)) {
    const nodes: number[] = []
    const signs: number[] = []
    for (let i = 0; i < so.nodes.length; i++) {
      for (let j = 0; j < pattern.nodes.length; j++) {
        nodes.push((so.nodes[i] as number) + ((pattern.nodes[j] as number) - own) * stride)
        signs.push((so.signs[i] as number) * (pattern.signs[j] as number))
      }
    }
    yield { nodes, signs }
  }
}

const kept = new WeakMap<Tree, Map<number, readonly Pattern[]>>()

/** The ways in which a node can move up by one while the sums of its tree hold, the shortest first. */
export function patternsOf(tree: Tree, node: number): readonly Pattern[] {
  let ofTree = kept.get(tree)
  if (!ofTree) kept.set(tree, (ofTree = new Map()))
  let patterns = ofTree.get(node)
  if (!patterns) {
    patterns = findPatterns(tree, node)
    ofTree.set(node, patterns)
  }
  return patterns
}

function findPatterns(tree: Tree, node: number): readonly Pattern[] {
  const found: Pattern[] = []
  const add = (up: readonly number[], down: readonly number[]): void => {
    found.push({
      nodes: [...up, ...down],
      signs: [...up.map(() => 1), ...down.map(() => -1)],
    })
  }
  for (const below of chains(tree, node)) {
    let up = below
    let top = node
    while (true) {
      const parent = tree.parents[top] as number
      if (parent < 0) {
        add(up, [])
        break
      }
      for (const sibling of tree.children[parent] as Int32Array) {
        if (sibling !== top) for (const down of chains(tree, sibling)) add(up, down)
      }
      up = [...up, parent]
      top = parent
    }
  }
  return found.sort((a, b) => a.nodes.length - b.nodes.length).slice(0, patternLimit)
}

/** The ways down from a node to a leaf. */
function chains(tree: Tree, node: number): readonly (readonly number[])[] {
  const below = tree.children[node] as Int32Array
  if (below.length === 0) return [[node]]
  return Array.from(below)
    .flatMap((child) => chains(tree, child).map((chain) => [node, ...chain]))
    .slice(0, patternLimit)
}

/** What it costs to move all cells of one node of the wide dimension; Infinity where they cannot. */
type Line = (node: number, sign: number, most: number) => number

function lineOf(
  { costs, freedom }: Search,
  grid: Grid,
  deep: number,
  { nodes, signs }: Pattern,
  step: number,
): Line {
  const stride = grid.strides[deep] as number
  return (node, sign, most) => {
    let cost = 0
    for (let i = 0; i < nodes.length; i++) {
      const cell = grid.cells[(nodes[i] as number) + node * stride] as number
      const free = (signs[i] as number) * sign > 0 ? freedom.up[cell] : freedom.down[cell]
      if ((free as number) < step) return Number.POSITIVE_INFINITY
      cost += costs[cell] as number
      if (cost >= most) return Number.POSITIVE_INFINITY
    }
    return cost
  }
}

interface Branch extends Pattern {
  readonly cost: number
}

/** The cheapest way to move a node of the wide dimension, if it costs less than `most`. */
function cheapestBranch(line: Line, tree: Tree, node: number, most: number): Branch | undefined {
  const start = descend(line, tree, node, 1, most)
  if (!start) return undefined
  let { cost } = start
  const up = [...start.nodes]
  let best: Branch | undefined
  let limit = most
  for (let top = node; cost < limit; ) {
    const parent = tree.parents[top] as number
    if (parent < 0) {
      best = { nodes: up, signs: up.map(() => 1), cost }
      break
    }
    for (const sibling of tree.children[parent] as Int32Array) {
      if (sibling === top) continue
      const down = descend(line, tree, sibling, -1, limit - cost)
      if (!down) continue
      limit = cost + down.cost
      best = {
        nodes: [...up, ...down.nodes],
        signs: [...up.map(() => 1), ...down.nodes.map(() => -1)],
        cost: limit,
      }
      if (limit === 0) return best
    }
    cost += line(parent, 1, limit - cost)
    up.push(parent)
    top = parent
  }
  return best
}

/** The cheapest chain from a node down to a leaf, if it costs less than `most`. */
function descend(
  line: Line,
  tree: Tree,
  node: number,
  sign: number,
  most: number,
): { readonly nodes: readonly number[]; readonly cost: number } | undefined {
  const own = line(node, sign, most)
  if (own >= most) return undefined
  const below = tree.children[node] as Int32Array
  if (below.length === 0) return { nodes: [node], cost: own }
  let best: { nodes: readonly number[]; cost: number } | undefined
  for (const child of below) {
    const rest = descend(line, tree, child, sign, (best?.cost ?? most) - own)
    if (rest) best = { nodes: [node, ...rest.nodes], cost: own + rest.cost }
    if (best?.cost === own) break
  }
  return best
}

function moveOf(grid: Grid, deep: number, others: Pattern, branch: Branch): Move {
  const stride = grid.strides[deep] as number
  const cells: number[] = []
  const signs: number[] = []
  branch.nodes.forEach((node, i) => {
    others.nodes.forEach((at, j) => {
      cells.push(grid.cells[at + node * stride] as number)
      signs.push((branch.signs[i] as number) * (others.signs[j] as number))
    })
  })
  return { cells, signs, cost: branch.cost }
}

/** Whether all sums hold after a move. In linked tables a move within one of them may break another's. */
export function keepsSums({ ofCell }: CellTable, move: Move): boolean {
  const sums = new Map<number, number>()
  move.cells.forEach((cell, i) => {
    for (let e = ofCell.start[cell] as number; e < (ofCell.start[cell + 1] as number); e++) {
      const r = ofCell.relations[e] as number
      const by = (ofCell.signs[e] as number) * (move.signs[i] as number)
      sums.set(r, (sums.get(r) ?? 0) + by)
    }
  })
  for (const sum of sums.values()) if (sum !== 0) return false
  return true
}
