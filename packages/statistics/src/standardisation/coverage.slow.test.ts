import { describe, expect, it } from 'vitest'
import { poissonDraw } from '../../test/chances.ts'
import {
  directlyStandardisedRate,
  europeanStandard2013,
  eventSquares,
  lifeExpectancy,
  randomSource,
} from '../index.ts'

const bands = 19
const standard = europeanStandard2013.populations
const people = Float64Array.from({ length: bands }, (_, band) => 900 - 40 * band)
const rates = Float64Array.from({ length: bands }, (_, band) => 0.0004 * 1.25 ** band)

describe('coverage at 95%, simulated', () => {
  it('of directly standardised rates by Dobson’s method: within 0.945 and 0.97', () => {
    const source = randomSource(1991)
    const truth =
      (standard.reduce((sum, w, band) => sum + w * (rates[band] as number), 0) / 100_000) * 100_000
    let held = 0
    let given = 0
    for (let i = 0; i < 20_000; i++) {
      const events = people.map((n, band) => poissonDraw(source, n * (rates[band] as number)))
      const found = directlyStandardisedRate(events, people, standard)
      if (found.kind === 'none') continue
      given += 1
      if (found.lower <= truth && truth <= found.upper) held += 1
    }
    expect(given).toBeGreaterThan(19_000)
    expect(held / given).toBeGreaterThan(0.945)
    expect(held / given).toBeLessThan(0.97)
  })

  it('of rates of repeated events: too low as if independent, right with their squares', () => {
    const source = randomSource(2024)
    // Of people with events half have one, half have four.
    const truth = standard.reduce((sum, w, band) => sum + w * (rates[band] as number) * 2.5, 0)
    let held = 0
    let heldAlone = 0
    const times = 10_000
    for (let i = 0; i < times; i++) {
      const once = people.map((n, band) => poissonDraw(source, (n * (rates[band] as number)) / 2))
      const four = people.map((n, band) => poissonDraw(source, (n * (rates[band] as number)) / 2))
      const none = new Float64Array(bands)
      const events = once.map((n, band) => n + 4 * (four[band] as number))
      const squares = eventSquares([once, none, none, four])
      const found = directlyStandardisedRate(events, people, standard, { squares })
      const alone = directlyStandardisedRate(events, people, standard)
      if (found.kind === 'none' || alone.kind === 'none') continue
      if (found.lower <= truth && truth <= found.upper) held += 1
      if (alone.lower <= truth && truth <= alone.upper) heldAlone += 1
    }
    expect(held / times).toBeGreaterThan(0.935)
    expect(held / times).toBeLessThan(0.965)
    expect(heldAlone / times).toBeLessThan(0.85)
  })

  it('of life expectancy at birth: within 0.93 and 0.965', () => {
    const source = randomSource(1968)
    const years = Float64Array.from({ length: 20 }, (_, band) => 4000 - 150 * band)
    const risk = years.map((_, band) => (band === 0 ? 0.004 : 0.0002 * 1.5 ** (band - 1)))
    const exact = lifeExpectancy(
      years.map((n, band) => n * (risk[band] as number)),
      years,
    )[0]
    if (exact?.kind !== 'expectancy') throw new Error('none')
    let held = 0
    const times = 10_000
    for (let i = 0; i < times; i++) {
      const deaths = years.map((n, band) => poissonDraw(source, n * (risk[band] as number)))
      const found = lifeExpectancy(deaths, years)[0]
      if (found?.kind !== 'expectancy') continue
      if (found.lower <= exact.value && exact.value <= found.upper) held += 1
    }
    expect(held / times).toBeGreaterThan(0.93)
    expect(held / times).toBeLessThan(0.965)
  })
})
