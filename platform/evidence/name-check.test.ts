import { describe, expect, it } from 'vitest'
import { descriptorSchema } from './descriptor.ts'
import { NamesAgree } from './names-agree.ts'
import { readFigures, temporaryFile } from './testing.ts'

const practices = descriptorSchema.parse({
  id: 'practices',
  title: 'Made-up practices',
  publisher: 'Nobody',
  source: 'https://example.org/practices',
  licence: 'CC0',
  dataset: 'practices',
  service: 'practice',
  match: { name: '^practices', columns: ['code', 'name', 'seen'] },
  fields: [{ name: 'code' }],
  period: { from: 'fixed', value: '2024', kind: 'year' },
  subjects: [{ kind: 'provider', code: '{code}', name: '{name}' }],
  observations: [{ indicator: 'seen', value: 'seen' }],
})

const register = [
  'Ashbrook Surgery',
  'The Birchwood Medical Centre',
  'Dr Carver and Partners',
  "St Mary's Practice",
  'Elm Road Surgery',
  'Fennick Health Centre',
  'Park Surgery 1',
  'Park Surgery 2',
]
const code = (i: number): string => `P${i}`
const known = {
  subjects: register.map((_, i) => ({ id: i + 1, kind: 'provider' as const, code: code(i) })),
  aliases: [],
  names: register.map((name, i) => ({ subject: i + 1, name })),
}

async function rulesOf(names: readonly string[], of = known) {
  const rows = names.map((name, i) => `${code(i)},"${name}",${i}`)
  const path = temporaryFile('practices.csv', ['code,name,seen', ...rows].join('\n'))
  const { result } = await readFigures(path, practices, of)
  expect(result.report.rowsAccepted).toBe(names.length)
  return result.report.rules
}

describe('names that are not those of their codes', () => {
  it('says nothing of names that are only written otherwise', async () => {
    const written = [
      'ASHBROOK SURGERY',
      'Birchwood Med. Ctr',
      'CARVER & PARTNERS',
      'St. Marys Practice',
      'Elm Rd Surgery',
      'Fenick Health Centre',
      'PARK SURGERY, 1',
      'Park Surgery (2)',
    ]
    expect(await rulesOf(written)).toEqual([])
  })

  it('warns of a few that differ, with the line and both names', async () => {
    const names = register.with(1, 'Larkspur House').with(6, 'Park Surgery 2')
    expect(await rulesOf(names)).toEqual([
      {
        rule: 'name',
        severity: 'warn',
        count: 2,
        sentence: 'The code is known by another name.',
        examples: [
          {
            line: 3,
            column: 'name',
            value: 'Larkspur House',
            sentence: 'P1 is known as “The Birchwood Medical Centre”.',
          },
          {
            line: 8,
            column: 'name',
            value: 'Park Surgery 2',
            sentence: 'P6 is known as “Park Surgery 1”. “Park Surgery 2” is P7.',
          },
        ],
      },
    ])
  })

  it('refuses a file whose names have slipped by a row', async () => {
    const slipped = [...register.slice(1), register[0] as string]
    const [rule, ...others] = await rulesOf(slipped)
    expect(others).toEqual([])
    expect(rule).toMatchObject({ rule: 'name', severity: 'refuse' })
    expect(rule?.count).toBeGreaterThan(register.length / 2)
  })

  it('does not refuse one or two rows, which may be new names', async () => {
    const [rule] = await rulesOf(['Larkspur House', 'The Old Mill'])
    expect(rule).toMatchObject({ severity: 'warn', count: 2 })
  })

  it('does not refuse for a few among many of whom it cannot tell', async () => {
    const doctors = Array.from({ length: 17 }, (_, i) => `Dr ${String.fromCharCode(65 + i)}sgood`)
    const houses = doctors.map((_, i) => `${String.fromCharCode(81 - i)}ale House`)
    const all = [...register.slice(0, 3), ...houses]
    const of = {
      ...known,
      subjects: all.map((_, i) => ({ id: i + 1, kind: 'provider' as const, code: code(i) })),
      names: all.map((name, i) => ({ subject: i + 1, name })),
    }
    const [rule] = await rulesOf(['Larkspur House', 'The Old Mill', 'Dr Hay', ...doctors], of)
    expect(rule).toMatchObject({ severity: 'warn', count: 3 })
  })

  it('holds people against people, and not against a house', () => {
    const names = new NamesAgree()
    for (const [i, name] of register.entries()) names.add(name, code(i))
    expect(names.judge('Dr Osgood', 'Ashbrook Surgery')).toBe('untold')
    expect(names.judge('Dr Osgood', 'Dr Carver and Partners')).toBe('differ')
    expect(names.judge('Carver House', 'Dr Carver and Partners')).toBe('agree')
  })

  it('learns the names of one file for the next, and keeps a register’s', async () => {
    const path = temporaryFile('practices.csv', 'code,name,seen\nP9,Quiet Lane Surgery,1')
    const { result, subjects } = await readFigures(path, practices, known)
    subjects.learnNames(result.descriptions)
    const id = subjects.find('code', 'P9') ?? 0
    expect(subjects.nameOf(id)).toBe('Quiet Lane Surgery')
    subjects.learnNames(
      new Map([[1, { ...result.descriptions.get(id), name: 'X', authority: 10 }]] as never),
    )
    expect(subjects.nameOf(1)).toBe('Ashbrook Surgery')
  })
})
