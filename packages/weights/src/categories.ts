import { checkLength } from './columns.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A column of categories: row i is of the category `names[codes[i]]`. */
export interface Categories {
  readonly names: readonly string[]
  readonly codes: Int32Array
}

/**
 * A column of categories from a name for each row; the names in the order in which they come.
 * @example categoriesOf(['north', 'south', 'north']) // { names: ['north', 'south'], codes: [0, 1, 0] }
 */
export function categoriesOf(values: readonly string[]): Categories {
  const codeOf = new Map<string, number>()
  const codes = new Int32Array(values.length)
  for (const [row, name] of values.entries()) {
    let code = codeOf.get(name)
    if (code === undefined) {
      code = codeOf.size
      codeOf.set(name, code)
    }
    codes[row] = code
  }
  return { names: [...codeOf.keys()], codes }
}

/**
 * Two or more columns crossed into one, as `women, 16 to 24`, for cells and post-strata. Only crossings that
 * occur have a name.
 * @example crossed(categoriesOf(['w', 'm']), categoriesOf(['16 to 24', '65 up'])).names
 * // ['w, 16 to 24', 'm, 65 up']
 */
export function crossed(...columns: readonly Categories[]): Categories {
  const rows = columns[0]?.codes.length ?? 0
  return categoriesOf(
    Array.from({ length: rows }, (_, row) =>
      columns.map(({ names, codes }) => names[codes[row] as number]).join(', '),
    ),
  )
}

/**
 * A column of 1 where a row is of the category, else 0: what proportions are estimated from.
 * @returns a refusal where no row is of the category, which is mostly a slip of the pen.
 * @example indicatorOf(categoriesOf(['good', 'poor', 'good']), 'good') // [1, 0, 1]
 */
export function indicatorOf({ names, codes }: Categories, name: string): Float64Array | Refusal {
  const wanted = names.indexOf(name)
  if (wanted < 0 || !codes.includes(wanted)) {
    return refuse(
      'unknown-category',
      `No row is of the category ${name}. There are: ${names.join(', ')}. Name one of these.`,
      { category: name },
    )
  }
  return Float64Array.from(codes, (code) => (code === wanted ? 1 : 0))
}

/** A refusal unless there are as many rows as are needed, each of a category that has a name of its own. */
export function checkCategories(
  variable: string,
  { names, codes }: Categories,
  rows: number,
): Refusal | undefined {
  const unlike = checkLength(variable, codes, rows)
  if (unlike) return unlike
  const seen = new Set<string>()
  const twice = names.find((name) => seen.size === seen.add(name).size)
  if (twice !== undefined) {
    return refuse(
      'unknown-category',
      `${variable} has the category ${twice} twice. Give each category one name.`,
      { variable, category: twice },
    )
  }
  const row = codes.findIndex((code) => code < 0 || code >= names.length)
  if (row < 0) return undefined
  return refuse(
    'unknown-category',
    `Row ${row} of ${variable} has the code ${codes[row]}, and there are ${names.length} names. Mend the codes.`,
    { variable },
  )
}

/** How many categories a column can hold. */
export const sizeOf = (column: Categories): number => column.names.length

/** The sum of the weights in each category. */
export function sumsOf({ names, codes }: Categories, weights: Float64Array): Float64Array {
  const sums = new Float64Array(names.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    sums[code] = (sums[code] as number) + (weights[i] as number)
  }
  return sums
}
