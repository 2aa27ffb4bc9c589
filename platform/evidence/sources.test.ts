import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles } from '../publishing/import.ts'
import { loadCatalogue } from './catalogue.ts'
import type { Descriptor } from './descriptor.ts'
import { findDescriptor, readHeader } from './match.ts'
import { temporaryFile } from './testing.ts'

const data = join(import.meta.dirname, '../../../shared/data')
const catalogue = loadCatalogue()
const folders = ['general-practice', 'primary-schools', 'hospitals', 'places']
const files = existsSync(data)
  ? folders.flatMap((f) => readdirSync(join(data, f)).map((name) => join(data, f, name)))
  : []

/** All columns that a descriptor reads figures, sums or words from. */
function columnsRead(d: Descriptor): Set<string> {
  const read = new Set<string>()
  for (const o of d.observations) {
    for (const token of Object.keys(o.groups)) {
      for (const c of [
        o.value,
        o.lower95,
        o.upper95,
        o.lower998,
        o.upper998,
        o.numerator,
        o.denominator,
      ]) {
        if (c !== undefined) read.add(c.replaceAll('{g}', token))
      }
    }
  }
  return read
}

describe.skipIf(!existsSync(data))('the descriptors that ship, against the published files', () => {
  it.each(files.filter((f) => /\.csv(\.gz)?$/.test(f)))(
    '%s: what it promises is there',
    async (path) => {
      const match = await findDescriptor(path, path.split('/').at(-1) ?? '', catalogue.descriptors)
      if (!match) throw new Error('No descriptor fits.')
      const header = new Set(await readHeader(path, match.descriptor))
      const { totals, observations, kind } = match.descriptor
      for (const t of totals) {
        expect(header).toContain(t.total)
        expect(t.parts.filter((p) => header.has(p)).length).toBeGreaterThan(1)
      }
      const read = [...columnsRead(match.descriptor)]
      if (observations.length > 0)
        expect(read.filter((c) => header.has(c)).length).toBeGreaterThan(0)
      else expect(['areas', 'ks2-columns']).toContain(match.descriptor.id)
      expect(kind).not.toBe('boundaries')
    },
  )

  it('every column of payments is an indicator, a fact, or said to be left out', async () => {
    const name = 'nhs-payments-2022-23.csv.gz'
    const path = join(data, 'general-practice', name)
    const match = await findDescriptor(path, name, catalogue.descriptors)
    const d = match?.descriptor as Descriptor
    const read = columnsRead(d)
    const words = JSON.stringify(d.subjects)
    const left = (await readHeader(path, d)).filter(
      (c) => !read.has(c) && !words.includes(`{${c}}`),
    )
    expect(left).toEqual(['CCG Code'])
    expect(d.notes.join(' ')).toContain('clinical commissioning groups')
  })

  it('sums that do not come out are reported and refuse nothing', async () => {
    const { noDatabase } = await import('../cli/no-database.ts')
    const paths = ['gias-20220420.csv.gz', 'ks2-2018-850.csv', 'offers-by-la.csv.gz'].map((n) =>
      join(data, 'primary-schools', n),
    )
    const payments = join(data, 'general-practice/nhs-payments-2021-22.csv.gz')
    const options = { accept: 0, by: 'a test' }
    const result = await checkFiles(noDatabase, catalogue, [...paths, payments], options)
    const totals = Object.fromEntries(
      result.files.map((f) => [
        f.report?.descriptor,
        f.report?.rules.filter((r) => r.rule === 'total').map((r) => r.count),
      ]),
    )
    expect(totals).toEqual({ gias: [21], ks2: [2], 'offers-by-la': [13, 10], 'nhs-payments': [] })
    expect(result.accepted).toBe(true)
  })

  it.each([
    ['PBELIG', '150%'],
    ['PTREADTA_EXP', '-3%'],
    ['READ_AVERAGE_16', '500'],
    ['TSENELK', 'many'],
  ])('key stage 2: %s is checked although no figure rests on it', async (column, value) => {
    const { noDatabase } = await import('../cli/no-database.ts')
    const name = 'ks2-2017-936.csv'
    const lines = readFileSync(join(data, 'primary-schools', name), 'utf8').split('\n')
    const at = (lines[0] as string).split(',').indexOf(column)
    const last = lines.findLastIndex((line) => line.split(',').length > at && !line.includes('"'))
    lines[last] = (lines[last] as string).split(',').with(at, value).join(',')
    const path = temporaryFile(name, lines.join('\n'))
    const { files } = await checkFiles(noDatabase, catalogue, [path], { accept: 0, by: 'a test' })
    // Without its register the authority is unknown; that is another matter.
    const refused = files[0]?.report?.rules.filter(
      (r) => r.severity === 'refuse' && r.rule !== 'unknown',
    )
    expect(refused).toMatchObject([{ count: 1, examples: [{ line: last + 1, column, value }] }])
    expect(files[0]?.report?.columns?.checked).toContain(column)
  })
})
