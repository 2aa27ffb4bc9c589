import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFile } from '../evidence/describe/describe-file.ts'
import { writeFile } from '../publishing/testing.ts'
import { type Around, finish } from './finish.ts'
import { firstAnswers } from './questions.ts'
import type { Answers } from './upload.ts'

const rows = [
  'code,name,sex,seen,in time,visitors',
  ...Array.from({ length: 20 }, (_, i) => [
    `C${100 + i},Clinic ${i},girls,${60 + i}%,${120 + 2 * i},200`,
    `C${100 + i},Clinic ${i},boys,${i === 3 ? 'SUPP' : '50%'},${100 + i},${200 + 2 * i}`,
  ]).flat(),
].join('\n')
const draft = await describeFile(writeFile('clinics-2024.csv', rows))

const around: Around = {
  services: [{ code: 'clinic' }, { code: 'made-up', invented: true }],
  isTaken: (id) => id === 'taken',
  isIndicatorTaken: (code) => code === 'clinics-known',
  invented: false,
  mayNot: () => null,
}

const good: Answers = {
  ...firstAnswers(draft),
  title: 'Clinics',
  publisher: 'The county',
  source: 'https://example.org/clinics',
  licence: 'CC0 1.0',
  service: 'clinic',
  'f1-name': 'Seen in time',
  'f1-definition': 'Visitors seen within an hour.',
  'f1-why': 'Nobody likes to wait.',
  'f1-polarity': 'higher',
  small: 'no',
}
const fields = (answers: Answers, of = around): string[] =>
  finish(draft, answers, of).problems.map((p) => p.field)

describe('a descriptor that is finished', () => {
  it('is what the answers say', () => {
    const { descriptor } = finish(
      draft,
      { ...good, 'g1-column': 'sex', 'g1-everyone': 'All' },
      around,
    )
    expect(descriptor).toMatchObject({
      id: 'clinics',
      dataset: 'clinics',
      service: 'clinic',
      period: { from: 'name', group: 'year', kind: 'year' },
      subjects: [{ kind: 'provider', code: '{code}', name: '{name}' }],
      codes: { SUPP: 'suppressed' },
      observations: [
        {
          indicator: 'clinics-seen-in-time',
          value: 'seen',
          numerator: 'in time',
          denominator: 'visitors',
          breakdown: { sex: '{sex}' },
          everyone: { sex: ['All'] },
        },
      ],
      indicators: [{ code: 'clinics-seen-in-time', unit: '%', scale: 100, polarity: 'higher' }],
    })
    expect(JSON.stringify(descriptor)).not.toMatch(/Decide:|example\.org\/decide/)
  })

  it('needs every answer that nobody can guess', () => {
    expect(fields(firstAnswers(draft))).toEqual(
      expect.arrayContaining([
        'publisher',
        'source',
        'licence',
        'service',
        'f1-definition',
        'f1-why',
        'f1-polarity',
        'small',
      ]),
    )
    expect(fields(good)).toEqual([])
  })

  it.each([
    [{ title: 'Taken' }, 'title'],
    [{ source: 'javascript:alert(1)' }, 'source'],
    [{ source: 'the council' }, 'source'],
    [{ service: 'no-such' }, 'service'],
    [{ service: 'made-up' }, 'service'],
    [{ who: 'nobody' }, 'who'],
    [{ kind: 'place' }, 'level'],
    [{ when: 'fixed', 'when-value': 'last year' }, 'when-value'],
    [{ when: 'fixed', 'when-value': '' }, 'when-value'],
    [{ when: 'column:none' }, 'when'],
    [{ 'when-kind': '' }, 'when-kind'],
    [{ 'f1-value': '' }, 'f1-value'],
    [{ 'f1-value': 'another' }, 'f1-value'],
    [{ 'f1-name': 'Known' }, 'f1-name'],
    [{ 'f1-kind': 'rate', 'f1-per': 'many' }, 'f1-per'],
    [{ 'f1-numerator': '' }, 'f1-numerator'],
    [{ 'code-0': 'value' }, 'code-0'],
    [{ 'g1-column': 'none' }, 'g1-column'],
    [{ small: 'perhaps' }, 'small'],
    [{ small: '5', 'f1-numerator': '', 'f1-denominator': '' }, 'f1-numerator'],
    [{ publisher: 'x'.repeat(301) }, 'publisher'],
  ] as const)('refuses %j beside %s', (change, field) => {
    expect(fields({ ...good, ...change })).toContain(field)
  })

  it('says whether its figures are real, where what is shown is invented', () => {
    const here = { ...around, invented: true }
    expect(fields(good, here)).toEqual(['invented'])
    const made = { ...good, service: 'made-up', invented: 'yes' }
    expect(finish(draft, made, here).descriptor).toMatchObject({ invented: true })
    expect(fields({ ...made, invented: 'no' }, here)).toEqual(['service'])
  })

  it('is of a service that whoever answers may speak for', () => {
    const elsewhere = { ...around, mayNot: () => 'This lies elsewhere.' }
    expect(finish(draft, good, elsewhere).problems).toEqual([
      { field: 'service', sentence: 'This lies elsewhere.' },
    ])
  })

  it('hides small counts where somebody says so', () => {
    expect(finish(draft, { ...good, small: '5' }, around).descriptor?.disclosure).toMatchObject({
      rules: { threshold: 5 },
    })
  })

  it('rounds all counts where somebody says so, for which they must be known', () => {
    const rounding = { ...good, small: 'round-10' }
    const { descriptor } = finish(draft, rounding, around)
    expect(descriptor?.disclosure).toMatchObject({ round: { base: 10, method: 'controlled' } })
    expect(descriptor?.disclosure?.rules).toBeUndefined()
    const unknown = { ...rounding, 'f1-numerator': '', 'f1-denominator': '' }
    expect(finish(draft, unknown, around).problems.map((p) => p.field)).toEqual(['f1-numerator'])
  })

  it('is right or refused beside a question, whatever is sent', () => {
    const names = Object.keys(good)
    const changes = fc.dictionary(
      fc.constantFrom(...names, 'f2-value', 'f2-name', '__proto__', 'toString'),
      fc.oneof(
        fc.string(),
        fc.constantFrom('', 'seen', 'sex', 'fixed', '2024', 'rate', '\u0000', '{'),
      ),
    )
    fc.assert(
      fc.property(changes, (changed) => {
        const { descriptor, problems } = finish(draft, { ...good, ...changed }, around)
        expect(descriptor === null).toBe(problems.length > 0)
        for (const { field, sentence } of problems) {
          expect(field).toMatch(/^[a-z0-9-]+$/)
          expect(sentence.length).toBeGreaterThan(10)
        }
      }),
    )
  })
})

describe('the answers about a long table', () => {
  const text = [
    'code,year,measure,value',
    ...Array.from({ length: 8 }, (_, i) =>
      ['Wait', 'Beds', 'Staff'].map((m, j) => `C${100 + i},2024,${m},${10 * j + i}.5`),
    ).flat(),
  ].join('\n')
  const about = (i: number, name: string): Answers => ({
    [`f${i}-name`]: name,
    [`f${i}-definition`]: 'As counted.',
    [`f${i}-why`]: 'Nobody likes to wait.',
    [`f${i}-polarity`]: 'lower',
  })

  it('keep each figure to the rows of its measure, and set aside those that nobody wants', async () => {
    const long = await describeFile(writeFile('long-2024.csv', text))
    const answers: Answers = {
      ...firstAnswers(long),
      title: 'Long clinics',
      publisher: 'The county',
      source: 'https://example.org/clinics',
      licence: 'CC0 1.0',
      service: 'clinic',
      small: 'no',
      ...about(1, 'Days of waiting'),
      'f2-value': '',
      ...about(3, 'Staff of a clinic'),
    }
    const { descriptor, problems } = finish(long, answers, around)
    expect(problems).toEqual([])
    expect(descriptor?.observations.map((o) => [o.indicator, o.when])).toEqual([
      ['long-clinics-days-of-waiting', { measure: ['Wait'] }],
      ['long-clinics-staff-of-a-clinic', { measure: ['Staff'] }],
    ])
    expect(descriptor?.setAside).toEqual([
      { when: { measure: ['Beds'] }, reason: 'nobody asked for this figure.' },
    ])
  })
})
