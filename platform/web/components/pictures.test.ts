import { describe, expect, it } from 'vitest'
import { pictures } from '../pages/components/components.ts'
import { commonScale, spreadScale } from './scale.ts'
import { spread } from './spread/spread.ts'
import { anchorAt } from './svg.ts'

describe('every picture that a page can show', () => {
  it.each(pictures)('$name', async ({ name, svg }) => {
    const file = name.toLowerCase().replace(/[^a-z]+/g, '-')
    await expect(`${svg.replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot(`snapshots/${file}.svg`)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('a scale', () => {
  it('holds its values with air, and stays within its bounds', () => {
    expect(commonScale([10, 30])).toEqual([9, 31])
    expect(commonScale([0, 100], [0, 100])).toEqual([0, 100])
    expect(commonScale([])).toEqual([0, 1])
  })

  it('is not squeezed by one value far out, and always shows what the picture is about', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => 100 + i)
    values[99] = 59_000
    const [low, high] = spreadScale(values)
    expect(low).toBeLessThanOrEqual(100)
    expect(high).toBeLessThan(400)
    expect(spreadScale(values, [1000])[1]).toBeGreaterThan(1000)
    expect(spreadScale(Float64Array.of(5, 5, 5))[0]).toBeLessThan(5)
  })
})

describe('a spread', () => {
  const base = {
    own: null,
    peers: [],
    whole: null,
    words: 'x',
    format: String,
    size: 'page',
  } as const
  it('counts in words what lies beyond its scale', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => 100 + i)
    values[99] = 59_000
    expect(spread({ ...base, values })).toContain('(1 above)')
  })

  it('escapes the names that it is given', () => {
    const whole = { value: 3, name: '<b>&"' }
    const drawn = spread({ ...base, values: Float64Array.of(1, 2, 3), whole, words: '"<i>' })
    expect(drawn).toContain('&lt;b&gt;&amp;&quot;')
    expect(drawn).not.toContain('<i>')
  })

  it('is nothing without values', () => {
    expect(spread({ ...base, values: new Float64Array(0) })).toBe('')
  })
})

describe('a label', () => {
  it.each([
    [5, 'start'],
    [170, 'middle'],
    [335, 'end'],
  ])('at %d of 340 is turned inwards: %s', (x, anchor) => {
    expect(anchorAt(x, 'All practices', 340).anchor).toBe(anchor)
  })
})
