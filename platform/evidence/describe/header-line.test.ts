import { describe, expect, it } from 'vitest'
import { readFigures, temporaryFile } from '../testing.ts'
import { describeFile } from './describe-file.ts'
import { beginning } from './header-line.ts'

const rows = Array.from({ length: 12 }, (_, i) => `Q${10_100 + i},Ash ${i},${i}.5`)
const titled = ['"Waits, 2024"', 'Source: the county', '', 'practice,name,waited', ...rows]
const header = async (lines: readonly string[]) =>
  (await beginning(temporaryFile('a-2024.csv', lines.join('\n')))).header

describe('the line that names the columns', () => {
  it.each([
    ['lines of one cell, and a blank one', titled, 4],
    ['lines filled with empty cells, as spreadsheets do', ['Waits,,', ',,', ...titled.slice(3)], 3],
    [
      'a line with a comma over semicolons',
      titled.map((l, i) => (i < 2 ? l : l.replaceAll(',', ';'))),
      4,
    ],
    ['nothing', titled.slice(3), 1],
  ])('is found under %s', async (_, lines, at) => {
    expect(await header(lines)).toBe(at)
  })

  it('is where a draft and each later file are read from, by the lines of the file itself', async () => {
    const path = temporaryFile('waits-2024.csv', titled.join('\n'))
    await expect(describeFile(path)).rejects.toThrow('does not name the columns')
    const d = await describeFile(path, { headerLine: 4 })
    expect(d).toMatchObject({ headerLine: 4, subjects: [{ code: '{practice}' }] })
    const next = titled.map((l) => l.replace('Q10105,Ash 5,5.5', 'Q10105,Ash 5,many'))
    const { result, figures } = await readFigures(
      temporaryFile('waits-2025.csv', next.join('\n')),
      d,
    )
    expect([result.report.rowsRead, result.report.rowsRefused, figures.length]).toEqual([12, 1, 11])
    expect(
      result.report.rules.map((r) => [
        r.severity,
        r.rule,
        r.examples.map((e) => [e.line, e.value]),
      ]),
    ).toEqual([
      ['refuse', expect.anything(), [[10, 'many']]],
      [
        'note',
        'above',
        [
          [1, 'Waits, 2024'],
          [2, 'Source: the county'],
        ],
      ],
    ])
  })
})
