import { FrontierError } from './errors.ts'

/**
 * What a unit cannot change, by the place of its column (Banker and Morey 1986). A fixed input is not
 * asked to shrink and a fixed output is not asked to grow: they only decide with whom a unit may be
 * compared. The mix of its peers must have no more of a fixed input, and no less of a fixed output, than
 * the unit has. So what makes work harder, such as deprivation, is a fixed *output* (peers at least as
 * deprived), and what makes it easier, such as a rich population, is a fixed *input*.
 */
export interface FixedColumns {
  readonly inputs?: readonly number[]
  readonly outputs?: readonly number[]
  /**
   * `condition` (the default): the same for a large unit and a small, such as a deprivation score; the
   * average over the mix of peers is compared, and any finite number will do. `amount`: it grows with the
   * unit, such as floor space; the sum is compared, as in Cooper, Seiford and Tone's model NCN. The two are
   * one where the weights of peers add up to 1 (variable returns).
   */
  readonly as?: 'condition' | 'amount'
}

/** Units by column: entry i of each column belongs to unit i. */
export interface FrontierData {
  /** What a unit uses, at least one column that is not fixed; above 0. */
  readonly inputs: readonly Float64Array[]
  /** What a unit achieves, at least one column that is not fixed; from 0 up, for each unit one above 0. */
  readonly outputs: readonly Float64Array[]
  readonly fixed?: FixedColumns
  /** For messages; "input 0", "unit 0" and so on where left out. */
  readonly inputNames?: readonly string[]
  readonly outputNames?: readonly string[]
  readonly unitNames?: readonly string[]
}

/** How output may grow with input: the sum of peers' weights is free, 1, at most 1 or at least 1. */
export type Returns = 'constant' | 'variable' | 'non-increasing' | 'non-decreasing'

/** How many units the data has. */
export const unitsOf = (data: FrontierData): number => data.inputs[0]?.length ?? 0

export const isFixed = (data: FrontierData, side: 'inputs' | 'outputs', column: number): boolean =>
  data.fixed?.[side]?.includes(column) ?? false

export const holdsConditions = (data: FrontierData): boolean => data.fixed?.as !== 'amount'

/** Throws FrontierError unless a frontier can be drawn through the data. */
export function checkData(data: FrontierData): void {
  checkShape(data)
  const units = unitsOf(data)
  for (const side of ['inputs', 'outputs'] as const) {
    data[side].forEach((column, c) => {
      if (column.length !== units) {
        const sentence = `${nameOf(data, side, c)} has ${column.length} units where ${units} are needed`
        throw new FrontierError('invalid-data', sentence, nameOf(data, side, c))
      }
      for (let unit = 0; unit < units; unit++) checkValue(data, side, c, unit)
    })
  }
  for (let unit = 0; unit < units; unit++) {
    if (data.outputs.some((y, c) => !isFixed(data, 'outputs', c) && (y[unit] as number) > 0))
      continue
    const sentence = `${unitName(data, unit)} has no output above 0; leave it out`
    throw new FrontierError('invalid-data', sentence, undefined, unit)
  }
  checkEnough(data, units)
}

function checkShape(data: FrontierData): void {
  for (const side of ['inputs', 'outputs'] as const) {
    const free = data[side].filter((_, c) => !isFixed(data, side, c)).length
    if (free === 0) {
      throw new FrontierError('invalid-data', `at least one of the ${side} must not be fixed`)
    }
    for (const c of data.fixed?.[side] ?? []) {
      if (data[side][c] === undefined) {
        throw new FrontierError('invalid-data', `there is no column ${c} among the ${side} to fix`)
      }
    }
  }
}

function checkValue(data: FrontierData, side: 'inputs' | 'outputs', c: number, unit: number): void {
  const value = data[side][c]?.[unit] as number
  const fixed = isFixed(data, side, c)
  if (Number.isFinite(value)) {
    if (fixed && (holdsConditions(data) || value >= 0)) return
    if (!fixed && (side === 'inputs' ? value > 0 : value >= 0)) return
  }
  const column = nameOf(data, side, c)
  let wanted = side === 'inputs' ? 'a finite number above 0' : 'a finite number from 0 up'
  if (fixed) wanted = holdsConditions(data) ? 'a finite number' : 'a finite number from 0 up'
  const sentence = `${column} of ${unitName(data, unit)} is ${value}, not ${wanted}`
  throw new FrontierError('invalid-data', sentence, column, unit)
}

/** The rule of Banker, Charnes, Cooper, Swarts and Thomas (1989): three units for each column. */
function checkEnough(data: FrontierData, units: number): void {
  const columns = data.inputs.length + data.outputs.length
  if (units >= 3 * columns) return
  throw new FrontierError(
    'too-few-units',
    `${units} units are too few for ${columns} inputs and outputs: at least ${3 * columns} are needed, or nearly all would look efficient`,
  )
}

function nameOf(data: FrontierData, side: 'inputs' | 'outputs', c: number): string {
  const names = side === 'inputs' ? data.inputNames : data.outputNames
  return names?.[c] ?? `${side === 'inputs' ? 'input' : 'output'} ${c}`
}

const unitName = (data: FrontierData, unit: number): string =>
  data.unitNames?.[unit] ?? `unit ${unit}`
