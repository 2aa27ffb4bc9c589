import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../evidence/catalogue.ts'
import type { ProviderValue } from '../../../value/store.ts'
import { furtherSentence, savings, targetRows, targetsOf } from './targets.ts'

const study = loadCatalogue().studies.get('general-practice-money')
if (!study) throw new Error('the catalogue lacks the study that this test is about')

const base: ProviderValue = {
  code: 'X',
  values: [600_000, 100_000, 5000, 4000, 4000, 30],
  targets: [450_000, 50_000, 5000, 4100, 4000, 30],
  score: 0.8,
  limits: null,
  constant: 0.8,
  returns: 'constant',
  efficient: 'no',
  peers: [],
  change: null,
  outcome: null,
  outcomeLimits: null,
  cost: null,
}

describe('what a provider would look like at its best', () => {
  it('shows what the headline says, and what comes on top, as columns of their own', () => {
    expect(savings(study, base).seen).toBeCloseTo(140_000, 6)
    expect(targetRows(study, base).map((row) => row.map((cell) => cell.text))).toEqual([
      ['Money for care', '£600,000', '£480,000', '£30,000 less', '£450,000'],
      ['Money for buildings', '£100,000', '£80,000', '£30,000 less', '£50,000'],
      expect.arrayContaining(['as now', 'nothing']),
      expect.arrayContaining(['as now', expect.stringMatching(/^100 .*more$/)]),
      expect.arrayContaining(['nothing']),
      expect.arrayContaining(['cannot be changed']),
    ])
    expect(furtherSentence(study, base)).toContain('£60,000 less still, £200,000 in all')
  })

  it('adds up: the headline’s saving and the rest are all that the targets save', () => {
    const pounds = fc.integer({ min: 1000, max: 900_000 })
    const share = fc.double({ min: 0.3, max: 1, noNaN: true })
    fc.assert(
      fc.property(pounds, pounds, share, share, (care, rent, score, left) => {
        const values = [care, rent, ...base.values.slice(2)]
        const targets = [care * score * left, rent * score, ...base.targets.slice(2)]
        const own = { ...base, values, targets, score }
        const money = targetsOf(study, own).slice(0, 2)
        const saved = money.reduce((sum, t) => sum + t.now - t.target, 0)
        const further = -money.reduce((sum, t) => sum + t.further, 0)
        expect(savings(study, own).seen + further).toBeCloseTo(saved, 4)
      }),
    )
  })

  it('says nothing further where there is nothing', () => {
    const targets = [480_000, 80_000, ...base.values.slice(2)]
    expect(furtherSentence(study, { ...base, targets })).toBe('')
  })
})
