import { deprivationStep, type Provider, typicalDeprivation } from './county.ts'
import { type Cell, fixed } from './csv.ts'
import { exponential, logOdds, probability, Random } from './random.ts'

/** The five years, and what stands for each in a file's name. */
export const years = ['2020-21', '2021-22', '2022-23', '2023-24', '2024-25'] as const

/** What stands where a count from 1 to 4 would, and its percentage. */
export const suppressed = 'c'
/** What stands where a figure makes no sense for a provider. */
export const notApplicable = 'z'

/** One or more columns of a file: what each provider did, and what groups of them come to. */
export interface Measure {
  readonly columns: readonly string[]
  /** Draws the figures of all providers in a year (0 to 4). */
  measure(seed: number, providers: readonly Provider[], year: number): Measured
}

export interface Measured {
  /** The cells of one provider, by its place in the list. */
  own(at: number): readonly Cell[]
  /** The cells of a place, from its providers' places in the list. */
  together(members: readonly number[]): readonly Cell[]
}

/** How a figure comes about; effects are on the log odds, or the logarithm, of the figure. */
export interface Model {
  readonly column: string
  /** The figure in the first year, where deprivation is typical. */
  readonly base: number
  /** What a year adds. */
  readonly trend: number
  /** What one step of deprivation (12 points) adds. */
  readonly deprivation: number
  /** The standard deviation between providers that are otherwise alike. */
  readonly spread: number
  /** Whether good providers have more of it (1), less (-1), or neither (0). */
  readonly good: 1 | -1 | 0
  /** How many people, days or pounds stand behind it. Default: the provider's size. */
  readonly of?: (provider: Provider, year: number) => number
  /** Providers that it does not make sense for. */
  readonly applies?: (provider: Provider) => boolean
}

/** What a provider adds to a model in a year: the same part every year, and a little of the year's. */
function effect(model: Model, seed: number, provider: Provider, year: number): number {
  const lasting = new Random(seed, `${model.column}/${provider.code}`).normal()
  const passing = new Random(seed, `${model.column}/${provider.code}/${year}/passing`).normal()
  const need = (provider.deprivation - typicalDeprivation) / deprivationStep
  const own = 0.75 * model.good * provider.quality + 0.6 * lasting + 0.2 * passing
  return model.trend * year + model.deprivation * need + model.spread * own
}

const draws = (model: Model, seed: number, provider: Provider, year: number): Random =>
  new Random(seed, `${model.column}/${provider.code}/${year}`)

const sizeOf = (model: Model, provider: Provider, year: number): number =>
  Math.round(model.of ? model.of(provider, year) : provider.size)

/** A measure whose figures of kind F are drawn, joined and printed by the functions given. */
function measureOf<F>(
  columns: readonly string[],
  draw: (seed: number, provider: Provider, year: number) => F | null,
  join: (all: readonly F[]) => F,
  print: (figure: F, isPlace: boolean) => readonly Cell[],
): Measure {
  const nothing = columns.map(() => notApplicable)
  return {
    columns,
    measure(seed, providers, year) {
      const drawn = providers.map((p) => draw(seed, p, year))
      return {
        own(at) {
          const figure = drawn[at]
          return figure === null || figure === undefined ? nothing : print(figure, false)
        },
        together(members) {
          const some = members.map((at) => drawn[at] ?? null).filter((f) => f !== null)
          return some.length === 0 ? nothing : print(join(some), true)
        },
      }
    },
  }
}

interface Part {
  readonly count: number
  readonly of: number
}

const add = (all: readonly Part[]): Part =>
  all.reduce((sum, p) => ({ count: sum.count + p.count, of: sum.of + p.of }), { count: 0, of: 0 })

const isSmall = (n: number): boolean => n >= 1 && n <= 4

/** The two halves of a way to divide people, and the log odds that the first adds to the second. */
export interface Split {
  readonly suffixes: readonly [string, string]
  /** The share of people in the first half. */
  readonly share: (provider: Provider) => number
  readonly gap: number
}

/**
 * Part of a whole with its counts, for everyone and for the halves of each split. Columns
 * `x_number`, `x_of` and `x_percent`, each again with the suffix of a group. Counts from 1 to 4 are
 * suppressed, and of two halves both, since one would give away the other. Counts of places are
 * rounded to 5 for the same reason. With `as: 'it is'` every count is printed, however small: of files whose counts
 * are rounded when they are published.
 */
export function proportion(
  model: Model,
  splits: readonly Split[] = [],
  { as = 'published' }: { readonly as?: 'published' | 'it is' } = {},
): Measure {
  const groups = ['', ...splits.flatMap((s) => s.suffixes.map((suffix) => `_${suffix}`))]
  const columns = groups.flatMap((g) => [
    `${model.column}_number${g}`,
    `${model.column}_of${g}`,
    `${model.column}_percent${g}`,
  ])
  const draw = (seed: number, provider: Provider, year: number): Part[] | null => {
    if (model.applies && !model.applies(provider)) return null
    const random = draws(model, seed, provider, year)
    const usual = logOdds(model.base) + effect(model, seed, provider, year)
    return drawGroups(random, sizeOf(model, provider, year), usual, provider, splits)
  }
  const join = (all: readonly Part[][]): Part[] =>
    groups.map((_, g) => add(all.map((p) => p[g] as Part)))
  const print = (parts: Part[], isPlace: boolean): Cell[] => {
    return parts.flatMap((part, g) => {
      if (as === 'it is') return printPart(part, false, false)
      if (isPlace)
        return printPart({ count: toFive(part.count), of: toFive(part.of) }, false, false)
      const twin = parts[g === 0 ? 0 : ((g - 1) ^ 1) + 1] as Part
      const fewPeople = isSmall(part.of) || isSmall(twin.of)
      return printPart(part, isSmall(part.count) || isSmall(twin.count) || fewPeople, fewPeople)
    })
  }
  return measureOf(columns, draw, join, print)
}

/** Everyone first, then both halves of each split; the halves of each add up to everyone. */
function drawGroups(
  random: Random,
  size: number,
  usual: number,
  provider: Provider,
  splits: readonly Split[],
): Part[] {
  // Every combination of halves is a cell: with two splits, four of them.
  const cells: (Part & { halves: readonly number[] })[] = []
  const divide = (n: number, odds: number, at: number, halves: readonly number[]): void => {
    const split = splits[at]
    if (!split) {
      cells.push({ count: random.binomial(n, probability(odds)), of: n, halves })
      return
    }
    const share = split.share(provider)
    const first = random.binomial(n, share)
    divide(first, odds + split.gap * (1 - share), at + 1, [...halves, 0])
    divide(n - first, odds - split.gap * share, at + 1, [...halves, 1])
  }
  divide(size, usual, 0, [])
  const half = (at: number, which: number): Part => add(cells.filter((c) => c.halves[at] === which))
  return [add(cells), ...splits.flatMap((_, at) => [half(at, 0), half(at, 1)])]
}

const toFive = (n: number): number => 5 * Math.round(n / 5)

function printPart({ count, of }: Part, hidden: boolean, hiddenToo: boolean): Cell[] {
  if (hidden) return [suppressed, hiddenToo ? suppressed : of, suppressed]
  if (of === 0) return [notApplicable, of, notApplicable]
  return [Math.min(count, of), of, fixed((100 * Math.min(count, of)) / of, 1)]
}

/** Events for so many people or days: `x_number`, `x_of` and `x_rate` for each `scale`. */
export function rate(model: Model, scale: number): Measure {
  const columns = ['number', 'of', 'rate'].map((c) => `${model.column}_${c}`)
  const draw = (seed: number, provider: Provider, year: number): Part => {
    const of = sizeOf(model, provider, year)
    const expected = (model.base / scale) * exponential(effect(model, seed, provider, year))
    return { count: draws(model, seed, provider, year).poisson(expected * of), of }
  }
  const print = ({ count, of }: Part, isPlace: boolean): Cell[] => {
    if (!isPlace && isSmall(count)) return [suppressed, of, suppressed]
    const shown = isPlace ? toFive(count) : count
    return [shown, of, fixed((scale * shown) / of, 1)]
  }
  return measureOf(columns, draw, add, print)
}

interface Average {
  readonly sum: number
  readonly of: number
}

const addAverages = (all: readonly Average[]): Average =>
  all.reduce((a, b) => ({ sum: a.sum + b.sum, of: a.of + b.of }), { sum: 0, of: 0 })

/**
 * An average score with its published 95% limits: `x`, `x_lower`, `x_upper` and `x_of`. `deviation`
 * is that between people; the model's effects are on the score itself.
 */
export function mean(model: Model, deviation: number, decimals: number): Measure {
  const columns = ['', '_lower', '_upper', '_of'].map((c) => `${model.column}${c}`)
  const draw = (seed: number, provider: Provider, year: number): Average | null => {
    if (model.applies && !model.applies(provider)) return null
    const of = sizeOf(model, provider, year)
    const error = (deviation / Math.sqrt(of)) * draws(model, seed, provider, year).normal()
    return { sum: of * (model.base + effect(model, seed, provider, year) + error), of }
  }
  const print = ({ sum, of }: Average): Cell[] => {
    const margin = (1.96 * deviation) / Math.sqrt(of)
    const limits = [sum / of, sum / of - margin, sum / of + margin]
    return [...limits.map((x) => fixed(x, decimals)), of]
  }
  return measureOf(columns, draw, addAverages, print)
}

/** Pounds for each person served: one column, without sampling. */
export function money(model: Model, decimals: number): Measure {
  const draw = (seed: number, provider: Provider, year: number): Average => {
    const of = sizeOf(model, provider, year)
    return { sum: of * model.base * exponential(effect(model, seed, provider, year)), of }
  }
  return measureOf([model.column], draw, addAverages, ({ sum, of }) => [fixed(sum / of, decimals)])
}

/** A size: how many there are, added up for a place. */
export function count(column: string, of: (provider: Provider, year: number) => number): Measure {
  return measureOf(
    [column],
    (_, provider, year) => Math.round(of(provider, year)),
    (all) => all.reduce((a, b) => a + b, 0),
    (n) => [n],
  )
}

/** A score that is known and not sampled; a place has the mean weighted by size. */
export function score(column: string, of: (provider: Provider) => number): Measure {
  return measureOf(
    [column],
    (_, provider) => ({ sum: of(provider) * provider.size, of: provider.size }),
    addAverages,
    ({ sum, of }) => [fixed(sum / of, 1)],
  )
}

/** An inspector's word, changed now and then, and the year of the visit; places have none. */
export function rating(column: string, words: readonly string[], odds: readonly number[]): Measure {
  return measureOf<[string, string | number]>(
    [column, `${column}_year`],
    (seed, provider, year): [string, number] => {
      // Inspectors come every third year.
      const since = year + Number(provider.code.slice(-1))
      const visit = Math.floor(since / 3)
      const luck = new Random(seed, `${column}/${provider.code}/${visit}`).normal()
      const found = probability(1.1 * provider.quality + 0.8 * luck)
      const at = odds.findIndex((limit) => found < limit)
      const visited = Number(years[year]?.slice(0, 4)) - (since % 3)
      return [words[at === -1 ? words.length - 1 : at] as string, visited]
    },
    () => [notApplicable, notApplicable],
    ([word, visited]) => [word, visited],
  )
}
