import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ProgressEvent } from '../control/verb.ts'
import { checkFiles } from '../publishing/import.ts'
import type { ImportedFile } from '../publishing/imported.ts'
import { makeReport, reportSchema } from '../publishing/report-shape.ts'
import { clinicRows, clinics, writeFile } from '../publishing/testing.ts'
import type { WouldChange } from '../publishing/would-change.ts'
import { readAsked } from './asked.ts'
import { noDatabase } from './no-database.ts'
import { reportText } from './report.ts'
import { makeVerbs } from './verbs.ts'

const markup = '<script>alert(1)</script>"\'&'
const options = { accept: 0, by: 'a test' }

async function broken() {
  const path = writeFile(
    'clinics-2024<img src=x onerror=alert(1)>.csv',
    clinicRows((i, line) => {
      if (i === 3) return `C103,Clinic 3,town,"${markup.replaceAll('"', '""')}",10,200`
      if (i === 4) return 'C104,Clinic 4,town,104,10,200'
      if (i === 5) return 'C100,Clinic 0,town,50,100,200'
      return line
    }),
  )
  return (await checkFiles(noDatabase, clinics, [path], options)).files
}

describe('the report of a check', () => {
  it('keeps to its documented shape as JSON', async () => {
    const report = JSON.parse(reportText(await broken(), 'json'))
    expect(reportSchema.parse(report)).toEqual(report)
    expect(report).toMatchObject({
      accepted: false,
      total: { files: 1, rowsRead: 40, rowsAccepted: 37, rowsRefused: 3, observations: 37 },
    })
    const rules = report.files[0].read.rules.map((r: { rule: string }) => r.rule)
    expect(rules.sort()).toEqual(['duplicate', 'number', 'percentage'])
    expect(report.files[0].read.rules[0].examples[0]).toMatchObject({ column: 'seen' })
  })

  it('says which figures are the same because the source keeps them back, and which it cannot compare', () => {
    const counts = {
      same: 1037,
      suppressed: 12,
      changed: 2,
      withoutValue: 0,
      added: 1,
      gone: 0,
      hidden: 3,
    }
    const of = {
      path: 'clinics-2024.csv',
      outcome: 'draft',
      release: null,
      sentence: null,
    } as const
    const report = {
      descriptor: 'clinics',
      period: '2024',
      rowsRead: 1,
      rowsAccepted: 1,
      rowsRefused: 0,
      observations: 1,
      rules: [],
      columns: null,
      refused: [],
    } as unknown as ImportedFile['report']
    const said = (changes: WouldChange): string => reportText([{ ...of, report, changes }], 'text')
    expect(said({ supersedes: 4, ...counts })).toContain(
      'Against release 4: 2 changed, 1 added, 0 gone, 1,037 the same (12 of them suppressed by its source), 3 suppressed or rounded there, so not compared.',
    )
    expect(said({ supersedes: 4, ...counts, suppressed: 0, hidden: 0 })).toContain(
      '1,037 the same.',
    )
  })

  it('says what is true of the file as a whole without a table of lines', async () => {
    const [file] = (
      await checkFiles(noDatabase, clinics, [writeFile('clinics-2024.csv', clinicRows())], options)
    ).files
    const rule = {
      rule: 'withdrawn',
      severity: 'warn',
      count: 1,
      sentence: 'The same file was withdrawn.',
      examples: [],
    } as const
    if (!file?.report) throw new Error('It was not read.')
    const files = [{ ...file, report: { ...file.report, rules: [{ ...rule, examples: [] }] } }]
    const page = reportText(files, 'html')
    expect(page).toContain('<p>The same file was withdrawn.</p>')
    expect(page).not.toMatch(/The first 0|aria-label="Where: withdrawn"/)
    expect(reportText(files, 'text')).toContain('warn: 1 x withdrawn. The same file was withdrawn.')
  })

  it('says what became of every column, and names them', async () => {
    const rows = clinicRows((_, line) => `${line},3,0123`).replace(
      'visitors',
      'visitors,beds,phone',
    )
    const [clinic] = clinics.descriptors
    const beds = { columns: 'b.ds', type: 'integer' as const, constraints: { maximum: 50 } }
    const catalogue = { ...clinics, descriptors: clinic ? [{ ...clinic, families: [beds] }] : [] }
    const path = writeFile('clinics-2024.csv', rows)
    const { files } = await checkFiles(noDatabase, catalogue, [path], options)
    expect(makeReport(files).files[0]?.read?.columns).toEqual({
      figures: ['seen', 'in time', 'visitors'],
      descriptions: ['code', 'name', 'kind'],
      checked: ['beds'],
      ignored: ['phone'],
    })
    const sentence =
      '8 columns: 3 read as figures, 3 read as descriptions, 1 only checked, 1 ignored\n'
    expect(reportText(files, 'text')).toContain(sentence)
    expect(reportText(files, 'text')).not.toContain('phone')
    expect(reportText(files, 'text', true)).toContain(
      `${sentence}    read as figures: seen, in time`,
    )
    expect(reportText(files, 'text', true)).toContain('    ignored: phone\n')
    const page = reportText(files, 'html')
    expect(page).toContain('8 columns')
    expect(page).toContain('<li>phone</li>')
  })

  it('refuses a cell of a column that no figure rests on', async () => {
    const [clinic] = clinics.descriptors
    const share = { columns: 'P.*', type: 'number' as const, constraints: { maximum: 100 } }
    const catalogue = { ...clinics, descriptors: clinic ? [{ ...clinic, families: [share] }] : [] }
    const path = writeFile(
      'clinics-2024.csv',
      clinicRows((i, line) => `${line},${i === 6 ? '150%' : '50%'}`).replace(
        'visitors',
        'visitors,PBELIG',
      ),
    )
    const { files } = await checkFiles(noDatabase, catalogue, [path], options)
    expect(files[0]?.report).toMatchObject({
      rowsRefused: 1,
      rules: [{ rule: 'maximum', examples: [{ line: 8, column: 'PBELIG', value: '150%' }] }],
    })
  })

  it('is the shape that docs/checks.md shows', () => {
    const docs = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')
    const shown = /^```json\n([\s\S]*?)^```$/m.exec(docs)?.[1] ?? ''
    expect(reportSchema.parse(JSON.parse(shown)).version).toBe(1)
  })

  it('quotes a bad cell and a file name on its page without letting them run', async () => {
    const page = reportText(await broken(), 'html')
    expect(page).not.toContain('<script')
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
    expect(page).toContain('&lt;img src=x')
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('<html lang="en">')
  })

  it('says a sentence of its own for a cell where the rule has another', async () => {
    const rows = clinicRows((i, line) => (i < 2 ? `${line}${',1'.repeat(i + 1)}` : line))
    const path = writeFile('clinics-2024.csv', rows)
    const { files } = await checkFiles(noDatabase, clinics, [path], options)
    const [rule] = makeReport(files).files[0]?.read?.rules ?? []
    expect(rule?.examples.map((e) => e.sentence ?? rule.sentence)).toEqual([
      'This row has 7 cells; the header has 6.',
      'This row has 8 cells; the header has 6.',
    ])
  })

  it('tells in a file what the terminal is told in short', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    const out = join(mkdtempSync(join(tmpdir(), 'plumbline-report-')), 'report.html')
    const said: ProgressEvent[] = []
    const context = { db: noDatabase, cwd: '/' }
    const signal = new AbortController().signal
    const check = makeVerbs(clinics).get('check')
    const code = await check?.(
      [path, '--report', 'html', '--out', out],
      context,
      (e) => said.push(e),
      signal,
    )
    expect(code).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('<h1>Check report</h1>')
    expect(said).toEqual([
      {
        kind: 'line',
        stream: 'stdout',
        text: '1 file: 40 rows read, 40 accepted, 0 refused, 40 figures.',
      },
    ])
  })
})

describe('the words after a verb', () => {
  it.each([
    [['a.csv'], 'text'],
    [['--report', 'a.csv'], 'json'],
    [['a.csv', '--report'], 'json'],
    [['--report', 'html', 'a.csv'], 'html'],
    [['--report=text', 'a.csv'], 'text'],
  ])('%j asks for %s', (args, form) => {
    expect(readAsked(args)).toMatchObject({ report: form, positionals: ['a.csv'] })
  })

  it.each([[['--accept', 'many']], [['--accept=-1']], [['--report=pdf']], [['--reprot']]])(
    '%j makes no sense, and says so',
    (args) => {
      expect(() => readAsked(args)).toThrow(/--/)
    },
  )

  it('an unknown file names what drafts its descriptor', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'plumbline-report-')), 'x.csv')
    writeFileSync(path, 'a,b\n1,2\n')
    const { files } = await checkFiles(noDatabase, clinics, [path], options)
    expect(files[0]?.sentence).toContain('plumbline describe')
  })
})
