import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadCatalogue } from '../evidence/catalogue.ts'
import {
  inOrder,
  isRepeated,
  isShared,
  latestOfEach,
  partOf,
  sideOf,
  type YardstickFigure,
} from './standing.ts'

const places = [
  { code: 'K02000001', name: 'United Kingdom', level: 'nation' },
  { code: 'E92000001', name: 'England', level: 'country' },
  { code: 'FIN', name: 'Finland', level: 'nation' },
  { code: 'CA-ON', name: 'Ontario, Canada', level: 'province' },
  { code: 'local-denver', name: 'Denver, Colorado', level: 'local-example' },
]

const figure = fc.record({
  place: fc.constantFrom(...places),
  breakdown: fc.constantFrom('', 'group=before', 'group=said again in endnote 52'),
  figure: fc.record({
    indicator: fc.constant('paper-anything'),
    breakdown: fc.constant(''),
    period: fc.constantFrom('1995', '2001-02', '2007', '2008'),
    status: fc.constant('value' as const),
    value: fc.integer(),
    limits: fc.constant(null),
    numerator: fc.constant(null),
    denominator: fc.constant(null),
    release: fc.constant(1),
    comparisons: fc.constant([]),
    note: fc.constant(null),
  }),
})

it('tells home from abroad, and neither from a single service', () => {
  expect(places.map(sideOf)).toEqual(['home', 'home', 'abroad', 'abroad', 'local'])
})

it('puts home first and loses nobody, in whatever order figures come', () => {
  fc.assert(
    fc.property(fc.array(figure), (figures) => {
      const ordered = inOrder(figures)
      expect(ordered).toHaveLength(figures.length)
      const sides = ordered.map((f) => ['home', 'abroad', 'local'].indexOf(sideOf(f.place)))
      expect(sides).toEqual([...sides].sort())
    }),
  )
})

it('keeps the latest of each place and group', () => {
  fc.assert(
    fc.property(fc.array(figure), (figures) => {
      const of = (f: YardstickFigure): string => `${f.place.code} ${f.breakdown}`
      const latest = latestOfEach(figures)
      expect(new Set(latest.map(of)).size).toBe(latest.length)
      for (const f of figures) {
        const kept = latest.find((l) => of(l) === of(f))
        expect((kept?.figure.period ?? '') >= f.figure.period).toBe(true)
      }
    }),
  )
})

it('calls a measure shared only where home and abroad both have a figure', () => {
  fc.assert(
    fc.property(fc.array(figure), (figures) => {
      const sides = new Set(figures.map((f) => sideOf(f.place)))
      expect(isShared(figures)).toBe(sides.has('home') && sides.has('abroad'))
    }),
  )
})

it('knows what is said again by its group', () => {
  fc.assert(
    fc.property(figure, (f) => {
      expect(isRepeated(f)).toBe(f.breakdown.includes('said again'))
    }),
  )
})

it('belongs to a part by its topic alone: no indicator of a service does', () => {
  for (const indicator of loadCatalogue().indicators.values()) {
    expect(partOf(indicator) !== null).toBe(indicator.code.startsWith('paper-'))
  }
})
