import type { Draws } from '../draws.ts'
import type { Posterior } from '../shrinkage/shrink.ts'

/**
 * What fills a column with one draw of each unit's true value. What does not change between draws is
 * worked out once.
 */
export function unitDraws(posterior: Posterior, draws: Draws): (into: Float64Array) => void {
  if (posterior.family === 'normal') {
    const { mean, sd } = posterior
    return (into) => {
      for (let i = 0; i < into.length; i++) {
        into[i] = (mean[i] as number) + (sd[i] as number) * draws.normal()
      }
    }
  }
  if (posterior.family === 'gamma') {
    const gammas = shapesOf(posterior.shape)
    // A mean of 0 has an endless rate: no events anywhere.
    const scale = posterior.rate.map((r) => 1 / r)
    return (into) => {
      for (let i = 0; i < into.length; i++) into[i] = (scale[i] as number) * draw(gammas, i, draws)
    }
  }
  const first = shapesOf(posterior.a)
  const second = shapesOf(posterior.b)
  return (into) => {
    for (let i = 0; i < into.length; i++) {
      const x = draw(first, i, draws)
      into[i] = x / (x + draw(second, i, draws))
    }
  }
}

/** Shapes of gamma distributions, with what Draws.gammaOf takes; d is below 0 where it takes none. */
interface Shapes {
  readonly shape: Float64Array
  readonly d: Float64Array
  readonly c: Float64Array
}

function shapesOf(shape: Float64Array): Shapes {
  const d = shape.map((k) => (k < 1 ? -1 : k - 1 / 3))
  return { shape, d, c: d.map((of) => 1 / Math.sqrt(9 * Math.abs(of))) }
}

/** A draw from the gamma distribution in one place; a shape of 0 is always 0. */
function draw({ shape, d, c }: Shapes, i: number, draws: Draws): number {
  if ((d[i] as number) > 0) return draws.gammaOf(d[i] as number, c[i] as number)
  const small = shape[i] as number
  return small === 0 ? 0 : draws.gamma(small)
}

/** How many units the posterior has. */
export function unitsOf(posterior: Posterior): number {
  if (posterior.family === 'normal') return posterior.mean.length
  return posterior.family === 'gamma' ? posterior.shape.length : posterior.a.length
}
