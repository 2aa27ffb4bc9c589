import { subsampleScores } from '@plumbline/frontier'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../evidence/catalogue.ts'
import type { ProviderValue, StudyYear } from '../../../value/store.ts'
import { isAtStop, limitsWords, stopShare } from './limits-words.ts'

const study = loadCatalogue().studies.get('general-practice-money')
if (!study) throw new Error('the catalogue lacks the study that this test is about')

describe('where an interval stops', () => {
  it('is where the method puts one that many parts cannot equal', () => {
    const units = 60
    const inputs = [Float64Array.from({ length: units }, (_, i) => 100 + ((37 * i) % 50))]
    // The last achieves most by far: only parts that hold it can do as much.
    const outputs = [
      Float64Array.from({ length: units }, (_, i) => (i === 59 ? 90 : 20 + (i % 40))),
    ]
    const found = subsampleScores({ inputs, outputs }, { seed: 1, size: 40, replicates: 60 })
    const stop = stopShare({ columns: 2, part: 40, all: units })
    expect(found.lower[59]).toBeCloseTo((found.scores[59] ?? 0) * stop, 9)
  })
})

describe('limits in words', () => {
  const year: StudyYear = {
    refused: null,
    previous: null,
    part: 286,
    periods: {},
    leftOut: [],
    period: '2022-23',
    providers: new Map(),
  }
  const one: ProviderValue = {
    code: '',
    values: [],
    targets: [],
    score: 1,
    limits: null,
    constant: 1,
    returns: 'constant',
    efficient: 'strong',
    peers: [],
    change: null,
    outcome: null,
    outcomeLimits: null,
    cost: null,
  }
  const providers = new Map(Array.from({ length: 6002 }, (_, i) => [String(i), one]))
  const of6002 = { ...year, providers }

  it('say that more may be possible where the method stops', () => {
    const at = { score: 1, limits: { lower95: 0.7047, upper95: 0.9 } }
    expect(isAtStop(at, study, of6002)).toBe(true)
    expect(limitsWords(at, study, of6002)).toBe('10% to 30% less, or more still')
    const short = { score: 1, limits: { lower95: 0.76, upper95: 0.9 } }
    expect(limitsWords(short, study, of6002)).toBe('10% to 24% less')
    expect(limitsWords({ score: 1, limits: null }, study, of6002)).toMatch(/no interval/)
  })
})
