import { normalQuantile, percentile, type RandomSource } from '@plumbline/statistics'
import { FrontierError } from './errors.ts'
import { tolerance } from './technology.ts'

/**
 * The bandwidth for smoothing distances (1 / score): the normal reference rule on those above 1 and their
 * reflections (Silverman 1986, 3.31), corrected for the number and spread of all (Daraio and Simar 2007, 3.26).
 */
export function bandwidthOf(distances: Float64Array): number {
  const beyond = distances.filter((distance) => distance > 1 + tolerance)
  if (beyond.length === 0) {
    throw new FrontierError(
      'invalid-data',
      'all units lie on the frontier, so there is no spread to draw from',
    )
  }
  const mirrored = Float64Array.from([...beyond, ...beyond.map((distance) => 2 - distance)]).sort()
  const spread = Math.sqrt(varianceOf(mirrored))
  const middle = (percentile(mirrored, 0.75) - percentile(mirrored, 0.25)) / 1.349
  const both = mirrored.length
  const plain = 0.9 * Math.min(spread, middle || spread) * both ** -0.2
  const correction = (both / distances.length) ** 0.2 * (Math.sqrt(varianceOf(distances)) / spread)
  return plain * correction
}

/** A draw from the smoothed distances for each unit: (4.20) of Simar and Wilson (1998), for distances. */
export function drawDistances(
  distances: Float64Array,
  bandwidth: number,
  random: RandomSource,
): Float64Array {
  const picked = distances.map(() => distances[random.below(distances.length)] as number)
  const mean = meanOf(picked)
  const shrink = Math.sqrt(1 + bandwidth ** 2 / varianceOf(distances))
  return picked.map((distance) => {
    // Half a step from both ends, since the normal quantile of 0 is not finite.
    const uniform = (random.uint32() + 0.5) / 2 ** 32
    const moved = distance + bandwidth * normalQuantile(uniform)
    const reflected = moved < 1 ? 2 - moved : moved
    return mean + (reflected - mean) / shrink
  })
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
