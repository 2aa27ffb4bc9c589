import { describe, expect, it } from 'vitest'
import { gammaCdf, normalCdf } from '../distributions.ts'
import { randomSource } from '../random.ts'
import { drawsOf, gammaShapes } from './draws.ts'

/** The greatest distance between the draws' and the distribution's shares (Kolmogorov), times root n. */
function distance(drawn: Float64Array, cdf: (x: number) => number): number {
  drawn.sort()
  let most = 0
  drawn.forEach((x, i) => {
    const share = cdf(x)
    most = Math.max(
      most,
      Math.abs(share - i / drawn.length),
      Math.abs(share - (i + 1) / drawn.length),
    )
  })
  return most * Math.sqrt(drawn.length)
}

const n = 100_000
const many = (draw: () => number): Float64Array => Float64Array.from({ length: n }, draw)
// Above this, one sample in 100,000 would lie if the draws were right.
const unlikely = 2.47

describe('draws', () => {
  it('are normal', () => {
    expect(distance(many(drawsOf(1).normal), normalCdf)).toBeLessThan(unlikely)
    const far = many(drawsOf(2).normal).filter((x) => Math.abs(x) > 3.6541528853610088).length
    expect(far).toBeGreaterThan(8)
    expect(far).toBeLessThan(48)
  })

  it('come alike one by one and by the column', () => {
    const column = new Float64Array(3000)
    drawsOf(6).normals(column)
    const single = drawsOf(6)
    expect([...column]).toEqual(Array.from(column, () => single.normal()))
    const shapes = Float64Array.from({ length: 3000 }, (_, i) => (i % 5) * 0.6)
    drawsOf(7).gammas(gammaShapes(shapes), column)
    const other = drawsOf(7)
    expect([...column]).toEqual(Array.from(shapes, (shape) => other.gamma(shape)))
    expect(column[0]).toBe(0)
  })

  it('are gamma, of small and large shapes', () => {
    const draws = drawsOf(3)
    for (const shape of [0.3, 1, 2.5, 40]) {
      const found = distance(
        many(() => draws.gamma(shape)),
        (x) => gammaCdf(x, shape),
      )
      expect(found).toBeLessThan(unlikely)
    }
  })

  it('are beta, in mean and variance', () => {
    const draws = drawsOf(4)
    const drawn = many(() => draws.beta(2, 6))
    const mean = drawn.reduce((a, x) => a + x) / n
    const variance = drawn.reduce((a, x) => a + (x - mean) ** 2, 0) / n
    expect(mean).toBeCloseTo(0.25, 2)
    expect(variance).toBeCloseTo((0.25 * 0.75) / 9, 3)
  })

  it('are Poisson, below and above where the method changes', () => {
    const draws = drawsOf(5)
    for (const mean of [0, 0.7, 29, 31, 400]) {
      const tally = new Map<number, number>()
      for (let i = 0; i < n; i++) {
        const count = draws.poisson(mean)
        tally.set(count, (tally.get(count) ?? 0) + 1)
      }
      let below = 0
      for (let count = 0; count <= 2 * mean + 10; count++) {
        below += tally.get(count) ?? 0
        const wanted = mean === 0 ? 1 : 1 - gammaCdf(mean, count + 1)
        expect(Math.abs(below / n - wanted) * Math.sqrt(n)).toBeLessThan(unlikely)
      }
    }
  })

  it('are the same for a seed, and others for another', () => {
    const one = drawsOf(7)
    const same = drawsOf(7)
    const other = drawsOf(8)
    const three = (d: typeof one) => [d.normal(), d.gamma(2), d.poisson(50), d.beta(2, 3)]
    const first = three(one)
    expect(three(same)).toEqual(first)
    expect(three(other)).not.toEqual(first)
    // The very numbers, so that a change of method does not pass unseen.
    expect(first[0]).toBeCloseTo(drawsOf(7).normal(), 15)
  })

  it('take a source’s numbers in its order', () => {
    const bulk = new Uint32Array(10)
    const source = randomSource(9)
    source.fill(bulk)
    const single = randomSource(9)
    expect([...bulk]).toEqual(Array.from({ length: 10 }, () => single.uint32()))
    expect(source.uint32()).toBe(single.uint32())
  })
})
