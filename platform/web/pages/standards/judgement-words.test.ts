import { describe, expect, it } from 'vitest'
import { clinics } from '../../../publishing/testing.ts'
import { standardSchema } from '../../../standards/standard.ts'
import { judgementSentence } from './judgement-words.ts'

const indicator = clinics.indicators.get('seen-in-time')
if (!indicator) throw new Error('The made-up indicator is gone.')
const whole = standardSchema.parse({
  ...{ code: 'seen', name: 'Seen in time', kind: 'floor', service: 'clinic', setBy: 'Nobody' },
  ...{ right: 'Nobody has a right to.', checkedBy: 'Nobody', indicator: 'seen-in-time' },
  ...{ side: 'at least', threshold: { fixed: 65 }, from: '2000', review: '2040-12-31' },
  ...{ consequence: 'Nothing follows.', evidence: 'There is none.', source: 'Made up' },
  steps: [{ state: 'adopted', on: '2000', by: 'Nobody', reason: 'To see what happens.' }],
})
const other = { ...whole, alternatives: [['part']] }
const own = (value: number | null) =>
  ({ status: value === null ? 'missing' : 'value', value, limits: null, note: null }) as const

describe('why a standard is met', () => {
  it.each([
    ['by its own figure', whole, 70, '70.0%: met (at least 65.0% is asked).'],
    [
      'by its own figure, where there are other ways',
      other,
      70,
      '70.0%: met (at least 65.0%, or another way to meet it, is asked).',
    ],
    [
      'in another way, with too low a figure',
      other,
      63,
      '63.0%: met in another way (at least 65.0%, or another way to meet it, is asked).',
    ],
    [
      'in another way, without a figure',
      other,
      null,
      'Met in another way; its own figure is missing: no figure was given (at least 65.0%, or another way to meet it, is asked).',
    ],
  ])('%s', (_, standard, value, sentence) => {
    const met = { outcome: 'met', reason: '', below: null } as const
    expect(judgementSentence(met, standard, 65, indicator, own(value))).toBe(sentence)
  })
})
