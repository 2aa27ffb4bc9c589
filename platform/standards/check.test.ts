import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { checkStandards } from './check.ts'

const catalogue = loadCatalogue()
const good = {
  ...{ code: 'four-in-five', name: 'Four in five reach it', kind: 'floor', setBy: 'The area' },
  ...{ service: 'primary-school', right: 'The area has a duty.', checkedBy: 'Nobody yet' },
  ...{ indicator: 'ks2-rwm-expected', side: 'at least', threshold: { fixed: 80 } },
  ...{ from: '2016-17', consequence: 'Nothing follows.', evidence: 'None at all: a trial.' },
  ...{ source: 'Made up', review: '2030-01-01' },
  steps: [{ state: 'draft', on: '2026', by: 'Nobody', reason: 'To see what happens.' }],
}
const check = (content: unknown) =>
  checkStandards(
    typeof content === 'string' ? content : JSON.stringify(content),
    catalogue,
    catalogue.indicators,
  )

describe('a file of standards', () => {
  it('may hold one or many', () => {
    expect(check(good)).toMatchObject({ problems: [], notes: [], standards: [{ code: good.code }] })
    const part = { ...good, code: 'part' }
    expect(check([{ ...good, alternatives: [['part']] }, part]).problems).toEqual([])
  })

  it.each([
    ['{', /^It is no JSON: /],
    [[], /^It holds no standard\.$/],
    [[7], /^Standard 1: it: /],
    [{ ...good, kind: 'ceiling' }, /^four-in-five: kind: /],
    [{ ...good, side: undefined }, /^four-in-five: side: /],
    [[good, good], /^four-in-five stands there twice\.$/],
    [{ ...good, service: 'depot' }, /service "depot", which no services\.json describes/],
    [{ ...good, indicator: 'none' }, /indicator "none", which nobody describes/],
    [{ ...good, threshold: { fixed: 650 } }, /asks for 650, and its indicator runs from 0 to 100/],
    [{ ...good, alternatives: [['none']] }, /names "none" as a part/],
  ])('is told what is wrong: %j', (content, sentence) => {
    const { problems } = check(content)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(sentence)
  })

  it('is told all that is wrong at once, and what may not be meant', () => {
    expect(check({ ...good, kind: 'ceiling', name: 'x', review: 'soon' }).problems).toHaveLength(3)
    expect(check({ ...good, side: 'at most' }).notes).toEqual([
      'four-in-five asks for "at most", where higher is better (is that meant?).',
    ])
    const other = { ...good, code: 'ks2-floor-attainment' }
    expect(check(other).notes[0]).toContain('is described otherwise in the catalogue')
    expect(check([...catalogue.standards.values()])).toMatchObject({ problems: [], notes: [] })
  })
})
