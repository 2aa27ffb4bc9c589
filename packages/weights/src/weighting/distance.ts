/** How calibration moves weights; see {@link calibrate}. */
export type CalibrationMethod =
  | 'linear'
  | 'raking'
  | { readonly method: 'logit'; readonly lower: number; readonly upper: number }

/** The factor by which a weight is multiplied, and its slope, at the value u of its linear predictor. */
export interface Distance {
  readonly factor: (u: number) => number
  readonly slope: (u: number) => number
}

/** The distances of Deville and Särndal (1992), table 1: cases 1, 2 and 6. */
export function distanceOf(method: CalibrationMethod): Distance {
  if (method === 'linear') return { factor: (u) => 1 + u, slope: () => 1 }
  if (method === 'raking') return { factor: Math.exp, slope: Math.exp }
  const { lower, upper } = method
  const a = (upper - lower) / ((1 - lower) * (upper - 1))
  const factor = (u: number): number => {
    const growth = Math.exp(a * u)
    if (growth === Number.POSITIVE_INFINITY) return upper
    return (lower * (upper - 1) + upper * (1 - lower) * growth) / (upper - 1 + (1 - lower) * growth)
  }
  return {
    factor,
    slope: (u) => {
      const g = factor(u)
      return (a * (g - lower) * (upper - g)) / (upper - lower)
    },
  }
}
