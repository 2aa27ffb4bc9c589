import type { PlaceSum } from './counts.ts'
import type { Cell, Sum } from './sums.ts'
import { countsOfFigure, holds, type Values, type Whole, wholesOf } from './wholes.ts'

/** Of one release, the cells of what it lists, by their names. */
type Listed = ReadonlyMap<string, string>

/**
 * What a release leaves out and another lists is not unknown: whoever kept both works it out from what is listed, and
 * takes the rest for as it was where the sums allow it. Rows that are all left out hang together too, and so a chain
 * of them can tell what none of them does alone.
 *
 * Rows that are left out and hang together in no sum are looked at one by one: each of them is told in few ways, all
 * of them together in as many as there are releases.
 * @param figuresOf of each release the cells of what it lists, by their names; all of them of the same sheets.
 * @param others sums that hold between indicators, among counts of some names.
 * @returns the sums that hold then, and a cell for each figure that is worked out and is none of those listed.
 */
export function completedReleases(
  cells: ReadonlyMap<string, Cell>,
  places: readonly PlaceSum[],
  figuresOf: readonly Listed[],
  others: (names: ReadonlySet<string>) => readonly Whole[] = () => [],
): { cells: Cell[]; sums: Sum[] } {
  const names = new Set(figuresOf.flatMap((f) => [...f.keys()]))
  const found = { cells: new Map<string, Cell>(), sums: new Map<string, Sum>() }
  if (figuresOf.every((f) => f.size === names.size)) return { cells: [], sums: [] }
  const valuesOf = figuresOf.map((listed): Values => {
    const all = [...listed].map(([name, key]) => [name, cells.get(key)?.count] as const)
    return new Map(all.filter((v): v is [string, number] => v[1] !== undefined))
  })
  const summed = others(names)
  // What another indicator lists of the same people is a group of this one, too.
  const told = new Set([...names, ...summed.flatMap(({ total, parts }) => [total, ...parts])])
  const wholes = [...wholesOf(told, places, valuesOf), ...summed]
  addBetween(wholes, names, valuesOf)
  const givenBy = keysOfFigures(figuresOf, valuesOf)
  // What others add up with is no less the same where the rest of its figure has changed.
  const alone = new Set(summed.flatMap(({ total, parts }) => [total, ...parts]))
  const countGivenBy = keysOfCounts(alone, figuresOf, cells)
  for (const [at, listed] of figuresOf.entries()) {
    for (const gap of gapsOf(wholes, listed, names)) {
      const sums = indexed(gap.wholes)
      const known = knownNear(gap.wholes, valuesOf[at] as Values)
      for (const order of orders(gap.out, at, valuesOf)) {
        const values = new Map(known)
        for (const was of order) {
          complete(values, sums, was, alone)
          if (gap.out.every((name) => values.has(name))) break
        }
        addSums(at, gap.wholes, values)
      }
    }
    function addSums(release: number, near: readonly Whole[], values: Values): void {
      const keyOf = keysOf(release, values)
      for (const whole of near) {
        const some = whole.parts.filter((p) => values.get(p) !== 0 || listed.has(p))
        if (!holds(whole, values) || some.length === 0) continue
        const sum = { total: keyOf(whole.total), parts: some.map(keyOf) }
        found.sums.set([sum.total, ...sum.parts].join('\n'), sum)
      }
    }
  }
  return { cells: [...found.cells.values()], sums: [...found.sums.values()] }

  /** The key of a count: that of the release, or of another that gave the same figure, or one of its own. */
  function keysOf(release: number, values: Values): (name: string) => string {
    const listed = figuresOf[release] as Listed
    return (name) => {
      const own = listed.get(name)
      if (own !== undefined) return own
      const figure = figureOf(name, values)
      const same = givenBy.get(figure) ?? countGivenBy.get(`${name}|${values.get(name)}`)
      if (same !== undefined) return same
      const key = `not listed ${release}${figure}`
      found.cells.set(key, { key, count: values.get(name) as number, status: 'unpublished' })
      return key
    }
  }
}

/** A count together with all counts of its figure, as some release has them. */
const figureOf = (name: string, values: Values): string =>
  `${name}|${countsOfFigure(name)
    .map((n) => values.get(n))
    .join(' ')}`

/** The cells of all counts that are listed, by the counts of their figures: of several releases the first. */
function keysOfFigures(
  figuresOf: readonly Listed[],
  valuesOf: readonly Values[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [at, listed] of figuresOf.entries())
    for (const [name, key] of listed) {
      const figure = figureOf(name, valuesOf[at] as Values)
      if (!found.has(figure)) found.set(figure, key)
    }
  return found
}

/** The cells of some counts, by what they are: of several releases the first that shows it, or else the first. */
function keysOfCounts(
  names: ReadonlySet<string>,
  figuresOf: readonly Listed[],
  cells: ReadonlyMap<string, Cell>,
): ReadonlyMap<string, string> {
  const found = new Map<string, Cell>()
  for (const name of names)
    for (const listed of figuresOf) {
      const cell = cells.get(listed.get(name) ?? '')
      if (!cell) continue
      const count = `${name}|${cell.count}`
      if (
        found.get(count)?.status !== 'published' &&
        (cell.status === 'published' || !found.has(count))
      )
        found.set(count, cell)
    }
  return new Map([...found].map(([count, { key }]) => [count, key]))
}

/** Counts that a release leaves out and that hang together, and all sums that they are in. */
interface Gap {
  readonly out: readonly string[]
  readonly wholes: readonly Whole[]
}

/** What a release leaves out, in pieces of which none is in a sum, or of a figure, with another. */
function gapsOf(wholes: readonly Whole[], listed: Listed, names: ReadonlySet<string>): Gap[] {
  const pieceOf = new Map<string, string>()
  const pieceAt = (name: string): string => {
    let at = name
    for (let next = pieceOf.get(at); next !== undefined && next !== at; next = pieceOf.get(at))
      at = next
    return at
  }
  const near = wholes.flatMap((whole) => {
    const out = [whole.total, ...whole.parts].filter((name) => !listed.has(name))
    return out.length === 0 ? [] : [{ whole, out }]
  })
  for (const { out } of near)
    for (const name of out)
      for (const other of [out[0] as string, ...countsOfFigure(name)])
        if (!listed.has(other)) pieceOf.set(pieceAt(other), pieceAt(name))
  const gaps = new Map<string, { out: Set<string>; wholes: Whole[] }>()
  for (const { whole, out } of near) {
    const piece = pieceAt(out[0] as string)
    const gap = gaps.get(piece) ?? { out: new Set(), wholes: [] }
    gap.wholes.push(whole)
    for (const name of out) gap.out.add(name)
    gaps.set(piece, gap)
  }
  // What no release lists is told by none of the others.
  return [...gaps.values()]
    .filter(({ out }) => [...out].some((name) => names.has(name)))
    .map((gap) => ({ out: [...gap.out], wholes: gap.wholes }))
}

/** Adds to what each release says what it tells of counts that none of them lists: what is left of its totals. */
function addBetween(
  wholes: readonly Whole[],
  names: ReadonlySet<string>,
  valuesOf: readonly Values[],
): void {
  const between = wholes.filter(({ total, parts }) => [total, ...parts].some((n) => !names.has(n)))
  if (between.length > 0)
    for (const values of valuesOf) workOut(values, indexed(between), between, (n) => !names.has(n))
}

/** What a release lists of some sums and of the figures in them. */
function knownNear(wholes: readonly Whole[], values: Values): Values {
  const names = wholes.flatMap(({ total, parts }) => [total, ...parts]).flatMap(countsOfFigure)
  return new Map(
    names.flatMap((name) => {
      const count = values.get(name)
      return count === undefined ? [] : [[name, count] as const]
    }),
  )
}

/** The other releases in the orders in which what is left out may be taken from them: each comes first once. */
function orders(
  out: readonly string[],
  release: number,
  valuesOf: readonly Values[],
): (readonly Values[])[] {
  const others = new Map<string, Values>()
  const nearest = [...valuesOf.keys()].sort(
    (a, b) => Number(a > release) - Number(b > release) || b - a,
  )
  for (const at of nearest) {
    if (at === release) continue
    const values = valuesOf[at] as Values
    const says = out.map((name) => values.get(name) ?? '').join(' ')
    if (!others.has(says)) others.set(says, values)
  }
  const all = [...others.values()]
  return all.map((first) => [first, ...all.filter((v) => v !== first)])
}

/** Sums, and which of them each count is in. */
interface Sums {
  readonly all: readonly Whole[]
  readonly of: ReadonlyMap<string, readonly Whole[]>
}

function indexed(all: readonly Whole[]): Sums {
  const of = new Map<string, Whole[]>()
  for (const whole of all)
    for (const name of [whole.total, ...whole.parts]) {
      const own = of.get(name)
      if (own) own.push(whole)
      else of.set(name, [whole])
    }
  return { all, of }
}

/**
 * Adds what follows from the sums, and then what may be as another release had it: first where a total bears witness
 * of it, then where parts do, and last what nothing speaks against.
 * @param alone counts that may be the same where the rest of their figure is not.
 */
function complete(values: Values, sums: Sums, was: Values, alone: ReadonlySet<string>): void {
  const unknownOf = ({ total, parts }: Whole) => [total, ...parts].filter((n) => !values.has(n))
  const takeWhere = (bearsWitness: (whole: Whole, unknown: readonly string[]) => boolean) => {
    const before = values.size
    for (const whole of sums.all) {
      const unknown = unknownOf(whole)
      if (unknown.length === 0 || !unknown.every((n) => was.has(n))) continue
      if (bearsWitness(whole, unknown)) takeOver(unknown, values, sums, was)
    }
    return values.size > before
  }
  workOut(values, sums, sums.all)
  do while (takeWhere(({ total }) => values.has(total)));
  while (takeWhere(({ parts }, unknown) => unknown.length <= parts.length))
  for (const name of new Set(sums.all.flatMap(unknownOf))) {
    const own = countsOfFigure(name).filter((n) => was.has(n) && !values.has(n))
    if (values.has(name) || !was.has(name)) continue
    takeOver(own, values, sums, was)
    if (!values.has(name) && alone.has(name)) takeOver([name], values, sums, was)
  }
}

/** Takes counts as another release had them, unless a sum of which all is known then would not hold. */
function takeOver(names: readonly string[], values: Values, sums: Sums, was: Values): void {
  const touched = names.flatMap((n) => sums.of.get(n) ?? [])
  for (const name of names) values.set(name, was.get(name) as number)
  const isKnown = ({ total, parts }: Whole) => [total, ...parts].every((n) => values.has(n))
  if (touched.every((w) => !isKnown(w) || holds(w, values))) workOut(values, sums, touched)
  else for (const name of names) values.delete(name)
}

/** Adds every count that is the only unknown one of a sum, beginning with some sums; of some names, where wanted. */
function workOut(
  values: Values,
  sums: Sums,
  from: readonly Whole[],
  isWanted: (name: string) => boolean = () => true,
): void {
  const todo = [...from]
  for (let whole = todo.pop(); whole !== undefined; whole = todo.pop()) {
    const { total, parts } = whole
    const unknown = [total, ...parts].filter((n) => !values.has(n))
    const [name] = unknown
    if (name === undefined || unknown.length > 1 || !isWanted(name)) continue
    const known = parts.reduce((n, p) => n + (values.get(p) ?? 0), 0)
    const count = name === total ? known : (values.get(total) as number) - known
    if (count < 0) continue
    values.set(name, count)
    todo.push(...(sums.of.get(name) ?? []))
  }
}
