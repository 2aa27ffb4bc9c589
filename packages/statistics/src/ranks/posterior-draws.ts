import { type Draws, gammaShapes } from '../draws/draws.ts'
import type { Posterior } from '../shrinkage/shrink.ts'

/**
 * What fills a column with one draw of each unit's true value. What does not change between draws is
 * worked out once.
 */
export function unitDraws(posterior: Posterior, draws: Draws): (into: Float64Array) => void {
  if (posterior.family === 'normal') {
    const { mean, sd } = posterior
    return (into) => {
      draws.normals(into)
      for (let i = 0; i < into.length; i++) {
        into[i] = (mean[i] as number) + (sd[i] as number) * (into[i] as number)
      }
    }
  }
  if (posterior.family === 'gamma') {
    const shapes = gammaShapes(posterior.shape)
    // A mean of 0 has an endless rate: no events anywhere.
    const scale = posterior.rate.map((r) => 1 / r)
    return (into) => {
      draws.gammas(shapes, into)
      for (let i = 0; i < into.length; i++) into[i] = (scale[i] as number) * (into[i] as number)
    }
  }
  const first = gammaShapes(posterior.a)
  const second = gammaShapes(posterior.b)
  const rest = new Float64Array(posterior.b.length)
  return (into) => {
    draws.gammas(first, into)
    draws.gammas(second, rest)
    for (let i = 0; i < into.length; i++) {
      into[i] = (into[i] as number) / ((into[i] as number) + (rest[i] as number))
    }
  }
}

/** How many units the posterior has. */
export function unitsOf(posterior: Posterior): number {
  if (posterior.family === 'normal') return posterior.mean.length
  return posterior.family === 'gamma' ? posterior.shape.length : posterior.a.length
}
