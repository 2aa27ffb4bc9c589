import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { descriptorText } from '../../cli/descriptor-text.ts'
import { type Descriptor, descriptorSchema } from '../descriptor.ts'
import { Subjects } from '../subjects.ts'
import { readFigures, temporaryFile } from '../testing.ts'
import { describeFile } from './describe-file.ts'

const data = join(import.meta.dirname, '../../../../shared/data')

const draft = (name: string, content: string | Uint8Array, options = {}): Promise<Descriptor> =>
  describeFile(temporaryFile(name, content), options)

const field = (d: Descriptor, name: string) => d.fields.find((f) => f.name === name)

describe('the draft of an unknown file', () => {
  it.each([
    [',', '\n'],
    [';', '\r\n'],
    ['\t', '\n'],
    ['|', '\n'],
  ])('finds the delimiter %j', async (delimiter, newline) => {
    const rows = ['code,name,rate', 'A1,"One, two",5', 'A2,Two,6'].map((r) => r.split(','))
    const text = [
      ['code', 'name', 'rate'],
      ['A1', `"One${delimiter} two"`, '5'],
      ['A2', 'Two', '6'],
    ]
    expect(rows).toHaveLength(3)
    const d = await draft('x-2024.csv', text.map((r) => r.join(delimiter)).join(newline))
    expect(d.delimiter).toBe(delimiter)
    expect(d.fields.map((f) => f.name)).toEqual(['code', 'name', 'rate'])
  })

  it('finds the encoding, byte-order marks and packed files', async () => {
    const text = 'code,name\nA1,Café €\nA2,Other\n'
    const windows = Buffer.from('code,name\nA1,Caf\xe9 \x80\nA2,Other\n', 'latin1')
    expect((await draft('a.csv', windows)).encoding).toBe('windows-1252')
    expect((await draft('a.csv.gz', gzipSync(text))).encoding).toBe('utf-8')
    const marked = await draft('a.csv', `\uFEFF${text}`)
    expect(marked.fields[0]?.name).toBe('code')
    expect(marked.notes[0]).toContain('byte-order mark')
  })

  it.each([
    [
      'code;share\nA1;62,1\nA2;70,5\nA3;1.5\n',
      'The column “share” has numbers with a comma for the point and others with a point.',
    ],
    ['Waits at practices,,\n,,\ncode,name,seen\nA1,One,5\n', 'it says “Waits at practices”'],
    ['Waits at practices\n\ncode,name,seen\nA1,One,5\nA2,Two,6\n', 'does not name the columns'],
    [',,\ncode,name,seen\nA1,One,5\n', 'Its first line does not name the columns.'],
    ['code,name\n', 'The file has no rows'],
  ])('is refused where the file would be misread: %j', async (content, sentence) => {
    await expect(draft('x-2024.csv', content)).rejects.toThrow(sentence)
  })

  it('tells rows by what names them, not by a count that happens not to repeat', async () => {
    const d = await draft(
      'libraries.csv',
      'Library code,Library name,Year,Visits\nL1,One,2023,5000\nL1,One,2024,5100\nL2,Two,2023,4000\nL2,Two,2024,4200\n',
    )
    expect(field(d, 'Visits')?.constraints).not.toHaveProperty('unique')
    expect(d.notes.join('\n')).not.toContain('told by "Visits"')
    expect(d.notes.join('\n')).toMatch(/told by .*"Library code".*"Year"/)
  })

  it('takes commas between thousands, and lists of numbers, for what they are', async () => {
    const d = await draft('x-2024.csv', 'code,seen,rooms\nA1,"1,234","1, 2"\nA2,"2,100","3, 4"\n')
    expect(field(d, 'seen')?.type).toBe('integer')
    expect(field(d, 'rooms')?.type).toBe('string')
  })

  it('reads commas for points by the column, and never by the cell', async () => {
    const d = await draft(
      'x-2024.csv',
      'code;seen;share;mean\nA1;1.234;62,1%;1,234\nA2;2.100;70,0%;12,5\nA3;950;7,25%;1.000,5\n',
    )
    const written = (name: string) => [field(d, name)?.type, field(d, name)?.decimalChar]
    expect(['code', 'seen', 'share', 'mean'].map(written)).toEqual([
      ['string', undefined],
      ['integer', ','],
      ['number', ','],
      ['number', ','],
    ])
    expect(field(d, 'seen')?.description).toContain('950 to 2,100')
    expect(field(d, 'mean')?.description).toContain('1.234 to 1,000.5')
  })

  it.each([
    ['thousands alone: a person may want to look', ['"1,234"', '"2,100"', '950'], '.', 'integer'],
    ['thousands with decimals', ['"1,234.5"', '"2,100"', '950'], undefined, 'number'],
    ['millions', ['"1,234,567"', '"2,100"', '950'], undefined, 'integer'],
    ['a slip among thousands', ['"1,234"', '"2,100"', '"12,5"', '"3,100"'], '.', 'integer'],
    ['decimals alone', ['"12,5"', '"1,234"', '950'], ',', 'number'],
    ['decimals with a code', ['"12,5"', '"13,5"', 'c'], ',', 'number'],
  ])('takes a column of %s by all that stands in it', async (_, cells, decimalChar, type) => {
    const d = await draft('x-2024.csv', ['code,n', ...cells.map((c, i) => `A${i},${c}`)].join('\n'))
    expect([field(d, 'n')?.decimalChar, field(d, 'n')?.type]).toEqual([decimalChar, type])
  })

  it('tells the types of columns', async () => {
    const rows = [
      'code,whole,part,share,pounds,day,uk day,dashed,year,month,open,zeros',
      'D10,5,1.5,62%,"£1,200.50",2024-01-31,31/01/2024,31-01-2024,2023,2023-04,yes,007',
      'D11,6,2,75%,£3,2024-02-29,29/02/2024,29-02-2024,2024,2023-05,no,008',
      'D12,"1,234",-3,100%,£4,2024-03-01,01/03/2024,01-03-2024,2025,2023-06,no,009',
    ]
    const d = await draft('types.csv', rows.join('\n'))
    const types = d.fields.map((f) => [f.name, f.type, f.format])
    expect(types).toEqual([
      ['code', 'string', undefined],
      ['whole', 'integer', undefined],
      ['part', 'number', undefined],
      ['share', 'number', 'percent'],
      ['pounds', 'number', undefined],
      ['day', 'date', undefined],
      ['uk day', 'date', 'DD/MM/YYYY'],
      ['dashed', 'date', 'DD-MM-YYYY'],
      ['year', 'year', undefined],
      ['month', 'yearmonth', undefined],
      ['open', 'boolean', undefined],
      ['zeros', 'string', undefined],
    ])
    expect(field(d, 'code')?.constraints).toEqual({
      required: true,
      unique: true,
      pattern: '[A-Z]\\d{2}',
    })
    expect(field(d, 'whole')?.description).toBe('Seen: 5 to 1,234.')
  })

  it('proposes what codes mean, and asks', async () => {
    const codes = ['SUPP', 'NA', 'c', '*', ':', '-', 'x', 'z', '[c]', 'LOWCOV', 'QQ']
    const rows = codes.map((code, i) => `D${i},${code}`)
    const numbers = Array.from({ length: 30 }, (_, i) => `E${i},${i}`)
    const d = await draft('codes.csv', ['code,rate', ...rows, ...numbers].join('\n'))
    expect(d.codes).toEqual({
      SUPP: 'suppressed',
      NA: 'missing',
      c: 'suppressed',
      '*': 'suppressed',
      ':': 'not-applicable',
      '-': 'missing',
      x: 'missing',
      z: 'not-applicable',
      '[c]': 'suppressed',
      LOWCOV: 'unreliable',
      QQ: 'missing',
    })
    expect(d.notes).toContain('Decide: what "QQ" (first in "rate") means; missing is only a guess.')
  })

  it.each([
    ['year', ['2022', '2023', 'twenty', '2024'], 'year'],
    ['year', ['2022-23', '2023-24', '2024-25', '?'], 'financial-year'],
    ['date', ['30/01/2024', '29/02/2024', '31/03/2024', '1/4/2024'], 'day'],
    ['quarter', ['2023-24 Q1', '2023-24 Q2', '2023-24 Q3', '2023-24 Q4'], 'quarter'],
    ['quarter', ['2023 Q1', '2023 Q2', '2023 Q5'], 'quarter'],
    ['quarter', ['2023 Q1', 'soon', '2023 Q3'], 'quarter'],
    ['quarter', ['2023 Q1', '2023 Q2', '', '2023 Q4'], 'quarter'],
    ['year', ['2022', '', '2024'], 'year'],
    ['period', ['Apr-Jun 2023', 'Jul-Sep 2023', 'Oct-Dec 2023', 'Jan-Mar 2024'], 'quarter'],
  ])(
    'finds the column “%s” that says when in %j, a bad cell in it or not',
    async (name, cells, kind) => {
      const rows = cells.map((when, i) => `A${i},${when},${i + 10}`)
      const d = await draft('scores.csv', [`code,${name},score`, ...rows].join('\n'))
      expect(d.period).toEqual({ from: 'column', column: name, kind })
      expect(d.indicators).toHaveLength(1)
    },
  )

  it('finds the two columns that tell rows apart, and makes one a breakdown', async () => {
    const rows = ['A1', 'A2', 'A3', 'A4', 'A5'].flatMap((code) =>
      ['boys', 'girls'].map((sex, i) => `${code},${sex},${i * 7.5}`),
    )
    const d = await draft('sexes-2024.csv', ['org code,sex,score', ...rows].join('\n'))
    expect(d.notes).toContain('A row is told by "org code", "sex".')
    expect(d.observations[0]?.breakdown).toEqual({ sex: '{sex}' })
    expect(d.period).toEqual({ from: 'name', group: 'year', kind: 'year' })
  })

  it('takes for a name what the code is a code of, and a column of towns', async () => {
    const text = 'Library code,Library,Town,visits\nLB01,Ash,Ashton,5\nLB02,Birch,Ashton,6\n'
    const [subject] = (await draft('libraries-2024.csv', text)).subjects
    expect(subject).toMatchObject({ code: '{Library code}', name: '{Library}', town: '{Town}' })
  })

  it('refuses what nobody could look over: thousands of columns, or names of many lines', async () => {
    const wide = Array.from({ length: 2001 }, (_, i) => `c${i}`).join(',')
    await expect(draft('wide.csv', `${wide}\n1\n`)).rejects.toThrow('It has 2001 columns')
    const long = `code,${'x'.repeat(301)}\nA1,2\n`
    await expect(draft('long.csv', long)).rejects.toThrow('The name of column 2 has 301 letters')
  })

  it.each([
    ['Address', ['{Address}']],
    ['Street', ['{Street}']],
    ['Address line 1,Address line 2', ['{Address line 1}', '{Address line 2}']],
    ['Email address', undefined],
    ['Address known', undefined],
  ])('takes a street address from columns headed so: %s', async (headed, address) => {
    const cells = (no: number) => headed.replace(/[^,]+/g, `${no} High Street`)
    const text = `Library code,Library,${headed},visits\nLB01,Ash,${cells(1)},5\nLB02,Birch,${cells(2)},6\n`
    const [subject] = (await draft('libraries-2024.csv', text)).subjects
    expect(subject?.address).toEqual(address)
  })

  it('takes the column of codes that are known already', async () => {
    const known = new Subjects({
      subjects: ['P-1', 'P-2'].map((code, id) => ({ id, kind: 'provider', code })),
      aliases: [],
    })
    const text = 'id,depot,rate\n1,P-1,5\n2,P-2,6\n'
    expect((await draft('a.csv', text, { known })).subjects[0]?.code).toBe('{depot}')
    expect((await draft('a.csv', text)).subjects[0]?.code).toBe('{id}')
  })

  it('refuses a code that is not known where nearly all are, and adds it where fewer are', async () => {
    const known = new Subjects({
      subjects: Array.from({ length: 90 }, (_, i) => ({
        id: i,
        kind: 'provider',
        code: `S${100 + i}`,
      })),
      aliases: [],
    })
    const file = (count: number) =>
      Array.from({ length: count }, (_, i) => `S${100 + i},${i}.5`).join('\n')
    const almost = await draft('a.csv', `code,rate\n${file(90)}\nTotal,9\nSource: us,\n`, { known })
    expect(almost.subjects[0]).toMatchObject({ code: '{code}', unknown: 'refuse' })
    expect(almost.notes.join(' ')).toContain('a code that is not known yet is refused')
    const many = await draft('a.csv', `code,rate\n${file(110)}\n`, { known })
    expect(many.subjects[0]?.unknown).toBe('register')
  })

  it.each([
    ['Share in a club (%)', 1],
    ['Rate of clubs', 1],
    ['In a club', 1],
    ['% in a club', 0],
  ])('takes no share for a part or a whole: %s, with %i decimals', async (share, decimals) => {
    const rows = Array.from({ length: 90 }, (_, i) => {
      const [asked, club] = [40 + ((i * 7) % 45), 8 + ((i * 5) % 31)]
      return `S${100 + i},2023-24,${asked},${club},${((100 * club) / asked).toFixed(decimals)}`
    })
    const header = `School code,School year,Pupils asked,Pupils in a club,${share}`
    const d = await draft('clubs.csv', [header, ...rows].join('\n'))
    expect(d.observations).toHaveLength(1)
    expect(d.observations[0]).toMatchObject({
      value: share,
      numerator: 'Pupils in a club',
      denominator: 'Pupils asked',
    })
    expect(d.indicators[0]).toMatchObject({ kind: 'proportion', unit: '%' })
  })

  it('is warned of by the check where a share was taken for a whole', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `S${100 + i},${40 + i},20,${2000 / (40 + i)}`)
    const file = temporaryFile('clubs-2024.csv', ['code,asked,club,share', ...rows].join('\n'))
    const d = await describeFile(file)
    const warned = async (roles: Record<string, string>): Promise<unknown> => {
      const observations = d.observations.map((o) => ({ ...o, ...roles }))
      const { report } = (await readFigures(file, { ...d, observations })).result
      return report.rules.find((r) => r.rule === 'whole')
    }
    const right = { value: 'share', numerator: 'club', denominator: 'asked' }
    expect(await warned(right)).toBeUndefined()
    const wrong = { ...right, value: 'asked', denominator: 'share' }
    expect(await warned(wrong)).toMatchObject({ severity: 'warn', count: 8 })
  })

  it.each([
    ['School year', '2023-24', 'school-year'],
    ['academic_year', '2023/24', 'school-year'],
    ['Academic year', '2023', 'school-year'],
    ['Year', '2023-24', 'financial-year'],
    ['Year', '2023', 'year'],
  ])('tells by the name “%s” of what kind of year %s is: %s', async (name, year, kind) => {
    const rows = Array.from({ length: 9 }, (_, i) => `S${100 + i},${year},${i}.5`)
    const d = await draft('clubs.csv', [`code,${name},score`, ...rows].join('\n'))
    expect(d.period).toEqual({ from: 'column', column: name, kind })
    const asks = d.notes.filter((note) => /financial-year|begins/.test(note))
    expect(asks).toHaveLength(
      kind === 'school-year' && year !== '2023' ? 0 : kind === 'year' ? 0 : 1,
    )
  })

  it('keeps to the pattern of names that a person gives', async () => {
    const name = 'depots-(?<when>\\d{4}-\\d{2})'
    const d = await draft('depots-2023-24.csv', 'code,rate\nA1,5\nA2,6\n', { name })
    expect(d.match.name).toBe(name)
    expect(d.period).toEqual({ from: 'name', group: 'when', kind: 'financial-year' })
  })

  it('is, less what is usual, still the same descriptor', async () => {
    const d = await draft('depots-2024.csv', 'code,rate\nA1,5\nA2,c\n')
    expect(descriptorSchema.parse(JSON.parse(descriptorText(d)))).toEqual(d)
  })

  it('refuses a file without rows with a sentence', async () => {
    await expect(draft('empty.csv', 'a,b\n')).rejects.toThrow('no rows to describe')
    await expect(draft('empty.csv', '')).rejects.toThrow('no rows to describe')
  })
})

describe.skipIf(!existsSync(data))('drafts of published files', () => {
  it.each([
    ['general-practice/nhs-payments-2022-23.csv.gz', '{Practice Code}', 'name'],
    ['general-practice/qof-achievement-2023-24.csv.gz', '{Practice.Code}', 'name'],
    ['general-practice/qof-vaccination-2023-24.csv.gz', '{Practice code}', 'name'],
    ['general-practice/imd-by-practice-year.csv.gz', '{Practice.Code}', 'column'],
    ['hospitals/ae-attendances.csv.gz', '{org_code}', 'column'],
    ['primary-schools/ncmp-prevalence-by-decile.csv', '{AreaCode}', 'column'],
    ['primary-schools/offers-by-school-2018-waverley.csv', '{estab_code}', 'column'],
    ['places/imd-2019-lower-tier.csv', '{ltla23_code}', 'name'],
  ])('%s is about %s, and the draft reads the file', async (file, code, from) => {
    const d = await describeFile(join(data, file))
    expect(d.subjects[0]?.code).toBe(code)
    expect(d.period.from).toBe(from)
    const { result } = await readFigures(join(data, file), d)
    expect(result.report.rules.filter((r) => r.severity === 'refuse')).toEqual([])
    expect(result.report.rowsRefused).toBe(0)
    expect(result.report.rowsRead).toBeGreaterThan(0)
    expect(result.report.observations).toBeGreaterThan(0)
  })

  it('finds value, limits, part and whole in Fingertips’ layout', async () => {
    const d = await describeFile(join(data, 'general-practice/fingertips-91547-smoking.csv.gz'))
    expect(d.observations).toHaveLength(1)
    expect(d.observations[0]).toMatchObject({
      value: 'Value',
      lower95: 'Lower CI 95.0 limit',
      upper998: 'Upper CI 99.8 limit',
      numerator: 'Count',
      denominator: 'Denominator',
    })
  })
})
