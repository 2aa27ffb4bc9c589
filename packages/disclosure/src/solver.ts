import type { Highs, Model } from 'highs'

/** The solver of linear programmes, HiGHS (Huangfu and Hall 2018), which is loaded once. */
export type Solver = Highs

/** A programme that is kept between solutions. */
export type Programme = Model

let loading: Promise<Solver> | undefined

/** Loads HiGHS. It is the same WebAssembly everywhere, and so gives the same answers. */
export function loadSolver(): Promise<Solver> {
  loading ??= load()
  return loading
}

async function load(): Promise<Solver> {
  // The package's types describe a CommonJS module, where Node gets an ES module.
  const loaded: { readonly default: unknown } = await import('highs')
  if (typeof loaded.default !== 'function') throw new Error('highs has no loader')
  return loaded.default()
}

/** Columns and rows of a programme, sparse by row. */
export interface Sparse {
  readonly cost: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly rowStart: Int32Array
  readonly entries: Int32Array
  readonly values: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly wholeNumbers?: boolean
}

/** A programme to minimise; dispose of it. */
export function programmeOf(solver: Solver, sparse: Sparse): Programme {
  const numCols = sparse.cost.length
  const numRows = sparse.rowLower.length
  const { integer } = solver.constants.variableType
  const model = solver.createModel({
    numCols,
    numRows,
    colCost: sparse.cost,
    colLower: sparse.lower,
    colUpper: sparse.upper,
    rowLower: sparse.rowLower,
    rowUpper: sparse.rowUpper,
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: sparse.rowStart,
      indices: sparse.entries,
      values: sparse.values,
    },
    ...(sparse.wholeNumbers ? { integrality: new Array(numCols).fill(integer) } : {}),
  })
  model.options.set({ output_flag: false })
  return model
}
