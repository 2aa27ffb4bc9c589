import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combine } from './combine.ts'
import { type Judgement, type Outcome, outcomes } from './judge.ts'

const of = (outcome: Outcome): Judgement => ({
  outcome,
  reason: outcome === 'not judged' ? 'suppressed' : '',
  below: outcome === 'not met' ? 0.99 : null,
})
const [met, missed, open, none] = outcomes.map(of) as [Judgement, Judgement, Judgement, Judgement]

describe('a standard that can be met in several ways', () => {
  it('is missed only where each way is surely missed', () => {
    expect(combine(missed, [[met, met, met]]).outcome).toBe('met')
    expect(combine(missed, [[met, missed, met]]).outcome).toBe('not met')
    expect(combine(missed, [[met, open, met]]).outcome).toBe('not shown either way')
    expect(combine(missed, [[met, null, met]]).outcome).toBe('not shown either way')
    expect(combine(missed, [[missed], [met]]).outcome).toBe('met')
    expect(combine(met, [[missed]]).outcome).toBe('met')
    expect(combine(open, [[missed]]).outcome).toBe('not shown either way')
  })

  it('says why nobody can judge it, unless another way is met', () => {
    expect(combine(none, [[missed]])).toEqual(none)
    expect(combine(none, [[met]])).toEqual({ outcome: 'met', reason: '', below: null })
    const lapsed: Judgement = { outcome: 'not judged', reason: 'lapsed', below: null }
    expect(combine(lapsed, [[met]])).toEqual(lapsed)
  })

  const judgement = fc.constantFrom(met, missed, open, none)
  const lists = fc.array(fc.array(judgement, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  const rank = (j: Judgement): number => (j.outcome === 'not met' ? 0 : j.outcome === 'met' ? 2 : 1)

  it('never turns for the worse when a part turns for the better', () => {
    fc.assert(
      fc.property(judgement, lists, fc.nat(), judgement, (own, ways, at, better) => {
        const flat = ways.flat()
        const place = at % flat.length
        fc.pre(rank(better) > rank(flat[place] as Judgement))
        let n = 0
        const turned = ways.map((list) => list.map((j) => (n++ === place ? better : j)))
        expect(rank(combine(own, turned))).toBeGreaterThanOrEqual(rank(combine(own, ways)))
        expect(rank(combine(met, ways))).toBe(2)
      }),
    )
  })

  it('does not depend on the order of the ways, nor of their parts', () => {
    fc.assert(
      fc.property(judgement, lists, (own, ways) => {
        const turned = ways.map((list) => [...list].reverse()).reverse()
        expect(combine(own, turned)).toEqual(combine(own, ways))
      }),
    )
  })
})
