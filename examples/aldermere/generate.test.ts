import { describe, expect, it } from 'vitest'
import { seed } from './about.ts'
import { makeCounty } from './county.ts'
import { digestsOf, storedDigests } from './digests.ts'
import { correctedFile, makeAldermere } from './generate.ts'
import { mergedCode, successorCode } from './merged.ts'
import { exponential, logOdds, probability, Random } from './random.ts'
import { practicesRegister } from './registers.ts'

type Point = [number, number]
interface Feature {
  properties: { code: string; name: string }
  geometry: { coordinates: [Point[]] }
}

const [first, second] = makeAldermere(seed)
const county = makeCounty(seed)
const textOf = (name: string): string => first.files.find((f) => f.name === name)?.text ?? ''
const ringsOf = (name: string): Map<string, Point[]> => {
  const { features } = JSON.parse(textOf(name)) as { features: Feature[] }
  return new Map(features.map((f) => [f.properties.code, f.geometry.coordinates[0]]))
}

describe("Aldermere's files", () => {
  it('are the same bytes whenever and wherever they are made', () => {
    expect(digestsOf([first, second])).toEqual(storedDigests())
  })

  it('are others for another seed, of the same shape', () => {
    const [other] = makeAldermere(seed + 1)
    expect(other.files.map((f) => f.name)).toEqual(first.files.map((f) => f.name))
    const same = other.files.filter((f, i) => f.text === first.files[i]?.text)
    expect(same.map((f) => f.name)).toEqual([])
  })

  it('hold as much as was promised', () => {
    const { districts, wards, practices, primaries, secondaries, hospitals, teams } = county
    const counts = [districts, wards, practices, primaries, secondaries, hospitals, teams]
    expect(counts.map((all) => all.length)).toEqual([8, 60, 40, 90, 14, 2, 12])
  })

  it('cannot be mistaken for real places', () => {
    const { practices, primaries, secondaries, hospitals, teams, council } = county
    const providers = [practices, primaries, secondaries, hospitals, teams, council].flat()
    expect(new Set(providers.map((p) => p.code)).size).toBe(providers.length)
    expect(new Set(providers.map((p) => p.name)).size).toBe(providers.length)
    for (const p of providers) {
      expect(p.code).toMatch(/^ALD[A-Z]\d\d$/)
      // No postcode area is called ZZ.
      expect(p.postcode).toBe(`ZZ${p.ward.district.code.slice(5)} ${p.postcode.slice(4)}`)
    }
  })

  it('print no count from 1 to 4 of people at a provider, nor what would give one away', () => {
    const text = textOf('aldermere-primary-results-2024-25.csv')
    const [head, ...lines] = text.trimEnd().split('\n')
    const columns = (head as string).split(',')
    const at = (name: string): number => columns.indexOf(name)
    let suppressed = 0
    for (const line of lines.filter((l) => l.startsWith('provider'))) {
      const cells = line.replace(/"[^"]*"/, 'name').split(',')
      for (const group of ['', '_girls', '_boys', '_disadvantaged', '_other']) {
        const [number, percent] = ['number', 'percent'].map(
          (c) => cells[at(`expected_standard_${c}${group}`)],
        )
        expect(['1', '2', '3', '4']).not.toContain(number)
        expect(percent === 'c').toBe(number === 'c')
        if (number === 'c') suppressed += 1
      }
      const pair = ['disadvantaged', 'other'].map((g) => cells[at(`expected_standard_number_${g}`)])
      expect(pair[0] === 'c').toBe(pair[1] === 'c')
    }
    expect(suppressed).toBeGreaterThan(20)
  })

  it('correct the results of Port Alder alone, upwards', () => {
    expect(second.files.map((f) => f.name)).toEqual([practicesRegister, correctedFile])
    const wrong = textOf(correctedFile).split('\n')
    const right = second.files[1]?.text.split('\n') ?? []
    expect(wrong).toHaveLength(right.length)
    const changed = right.filter((line, i) => line !== wrong[i])
    const schools = county.primaries.filter((p) => p.ward.district.name === 'Port Alder')
    expect(changed.length).toBeGreaterThan(5)
    for (const line of changed) {
      const code = line.split(',')[1]
      expect([...schools.map((s) => s.code), 'ALDD06', 'ALD']).toContain(code)
    }
  })

  it('list a practice that was merged at first, and then no more; nobody else has its name', () => {
    const lines = textOf(practicesRegister).trimEnd().split('\n')
    const gone = lines.at(-1)?.split(',') ?? []
    expect([gone[0], ...gone.slice(-2)]).toEqual([mergedCode, '31-03-2020', successorCode])
    expect(county.practices.map((p) => p.name)).not.toContain(gone[1])
    expect(second.files[0]?.text.trimEnd().split('\n')).toEqual(lines.slice(0, -1))
    const others = first.files.filter((f) => f.name !== practicesRegister)
    expect(others.filter((f) => f.text.includes(mergedCode)).map((f) => f.name)).toEqual([])
  })
})

/** Twice the area of a ring: above 0 when it runs counter-clockwise. */
const area = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as Point
    return sum + x * nextY - nextX * y
  }, 0)

describe("Aldermere's boundaries", () => {
  const wards = ringsOf('aldermere-ward-boundaries.geojson')
  const districts = ringsOf('aldermere-district-boundaries.geojson')

  it('are closed rings that run counter-clockwise and visit no point twice', () => {
    for (const ring of [...wards.values(), ...districts.values()]) {
      expect(ring[0]).toEqual(ring.at(-1))
      expect(area(ring)).toBeGreaterThan(0)
      expect(new Set(ring.map(String)).size).toBe(ring.length - 1)
    }
  })

  it('meet along the same points: each piece of an edge has one ward on either side, or the sea', () => {
    const seen = new Map<string, number>()
    for (const ring of wards.values()) {
      for (let i = 1; i < ring.length; i++) {
        const key = `${ring[i - 1]} ${ring[i]}`
        seen.set(key, (seen.get(key) ?? 0) + 1)
      }
    }
    expect(Math.max(...seen.values())).toBe(1)
    const shared = [...seen.keys()].filter((key) => seen.has(key.split(' ').reverse().join(' ')))
    // 104 of the 136 edges lie between two wards; each is four pieces long.
    expect(shared).toHaveLength(2 * 104 * 4)
  })

  it('of a district hold just its wards', () => {
    for (const district of county.districts) {
      const inside = county.wards.filter((w) => w.district.code === district.code)
      const sum = inside.reduce((total, w) => total + area(wards.get(w.code) ?? []), 0)
      expect(area(districts.get(district.code) ?? [])).toBeCloseTo(sum, 9)
    }
  })
})

describe('draws', () => {
  it('have the means and spreads of their distributions', () => {
    const random = new Random(1, 'a test')
    const moments = (draw: () => number): [number, number] => {
      const all = Array.from({ length: 20_000 }, draw)
      const mean = all.reduce((a, b) => a + b, 0) / all.length
      return [mean, all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length]
    }
    const near = ([mean, variance]: [number, number], m: number, v: number): void => {
      expect(Math.abs(mean - m) / Math.sqrt(v)).toBeLessThan(0.03)
      expect(Math.abs(variance / v - 1)).toBeLessThan(0.05)
    }
    near(
      moments(() => random.normal()),
      0,
      1,
    )
    near(
      moments(() => random.binomial(40, 0.3)),
      12,
      8.4,
    )
    near(
      moments(() => random.binomial(2000, 0.3)),
      600,
      420,
    )
    near(
      moments(() => random.poisson(6)),
      6,
      6,
    )
    near(
      moments(() => random.poisson(90)),
      90,
      90,
    )
  })

  it('use an exponential that is right to ten digits', () => {
    for (const x of [-60, -7.3, -1, 0, 0.2, 3, 20]) {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-10)
    }
    expect(probability(logOdds(0.23))).toBeCloseTo(0.23, 12)
  })
})
