import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../evidence/catalogue.ts'
import * as words from './words.ts'

const { indicators } = loadCatalogue()
const rating = indicators.get('cqc-rating')
const smoking = indicators.get('fingertips-91547')
if (!rating || !smoking) throw new Error('the catalogue lacks what this test is about')
const good = { status: 'value', value: 3, limits: null, period: '2024' } as const

describe('a value with a day of its own', () => {
  it('says when it was made instead of its period', () => {
    expect(words.figure(rating, { ...good, note: '2016' })).toBe('Good (inspected 2016)')
    expect(words.figure(rating, { ...good, note: '02-05-2019' })).toBe(
      'Good (inspected 2 May 2019)',
    )
    expect(words.noted(rating, { ...good, note: '2016' })).toBe('Good (inspected 2016)')
    expect(words.when(rating, { ...good, note: '2016' })).toBe('inspected 2016')
    expect(words.inPeriod(rating, '2024')).toBe('as it stood in 2024')
  })

  it('is of its period where its source gives no day', () => {
    expect(words.figure(rating, { ...good, note: null })).toBe('Good')
    expect(words.when(rating, { ...good, note: null })).toBe('2024')
  })

  it('is not what a note says of another indicator', () => {
    const few = { ...good, value: 12, note: 'Few replies.' }
    expect(words.figure(smoking, few)).not.toContain('Few')
    expect(words.noted(smoking, few)).toContain('Its source says of this figure: Few replies.')
    expect(words.inPeriod(smoking, '2024')).toBe('in 2024')
  })
})
