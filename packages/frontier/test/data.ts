import fc from 'fast-check'
import type { FrontierData } from '../src/data.ts'

/** Columns written as rows of units, inputs first, as tables in books are. */
export function fromRows(rows: readonly (readonly number[])[], inputs: number): FrontierData {
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, c) =>
    Float64Array.from(rows, (row) => row[c] as number),
  )
  return { inputs: columns.slice(0, inputs), outputs: columns.slice(inputs) }
}

/** The data with each unit's rows at these places, in this order. */
export function pick(data: FrontierData, units: readonly number[]): FrontierData {
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(units, (unit) => column[unit] as number)
  return { ...data, inputs: data.inputs.map(of), outputs: data.outputs.map(of) }
}

/** Whole numbers, so that ties and units of equal proportions are common. */
export const coarse = units(fc.constant(1), { min: 1, max: 12 })

/** Units of very different sizes, up to 1,000 to 1, each within a factor of 20 of the usual for its size. */
export const spread = units(
  fc.integer({ min: 0, max: 10 }).map((power) => 2 ** power),
  { min: 50, max: 1000 },
)

function units(
  size: fc.Arbitrary<number>,
  range: { readonly min: number; readonly max: number },
): fc.Arbitrary<FrontierData> {
  const widths = fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 0, max: 14 }),
  )
  return widths.chain(([inputs, outputs, more]) => {
    const width = inputs + outputs
    const cells = fc.array(fc.integer(range), { minLength: width, maxLength: width })
    const row = fc.tuple(size, cells).map(([by, values]) => values.map((value) => value * by))
    const count = 3 * width + more
    return fc
      .array(row, { minLength: count, maxLength: count })
      .map((rows) => fromRows(rows, inputs))
  })
}
