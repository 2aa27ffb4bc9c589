import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { normalisePeriod } from '../evidence/period.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { paperFolder, publishPaper } from './paper.ts'
import { isRepeated, partOf, parts, type YardstickFigure } from './standing.ts'
import { verdict } from './verdict.ts'
import { readWording, type Wording } from './wording.ts'

const text = join(import.meta.dirname, '../../../shared/paper/excellence-and-fairness-2008.txt')
const shipped = loadCatalogue()
const catalogue = {
  ...shipped,
  descriptors: [...shipped.descriptors, ...clinics.descriptors],
  indicators: new Map([...shipped.indicators, ...clinics.indicators]),
  services: [...shipped.services, ...clinics.services],
}

let db: Database
let figures: readonly YardstickFigure[] = []
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  await publishPaper(db, catalogue, { by: 'a test' })
  const reader = makeReader(db, catalogue)
  figures = [...(await reader.yardstick.all(await reader.state())).values()].flat()
})
afterAll(() => db.close())

const wordingOf = (f: YardstickFigure): Wording => {
  const wording = readWording(f.figure.note)
  if (!wording) throw new Error(`${f.figure.indicator}: ${f.figure.note} is no wording.`)
  return wording
}

/** One spelling for quotes, without the marks of endnotes and of emphasis. */
const plain = (t: string): string =>
  t
    .replace(/[⁰¹²³⁴-⁹]|\*/gu, '')
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')

/** The paper's blocks: each numbered paragraph, each endnote, the foreword, and what follows a heading. */
class Paper {
  readonly #lines = readFileSync(text, 'utf8').split('\n')

  /** What stands at "paragraph 20", "endnote 3", "Foreword", "Box “Nurses take control”". */
  block(where: string): string {
    const notes = this.#lines.indexOf('Endnotes')
    const box = /^Box “(.+)”$/.exec(where)?.[1]
    const [kind, number] = where.toLowerCase().split(' ')
    if (box) return this.#from((line) => plain(line).trim() === plain(box), /^Chapter|^Conclusion/)
    if (kind === 'foreword') return this.#from((l) => l === 'Foreword', /^Introduction:/)
    if (kind === 'endnote') {
      const start = new RegExp(`^- ${number} `)
      return this.#from((l, at) => at > notes && start.test(l), /^- \d+ |^Glossary/)
    }
    const start = new RegExp(`^(- )?(\\*\\*)?${number}\\.`)
    return this.#from((l, at) => at < notes && start.test(l), /^(- )?(\*\*)?\d+\.(\*\*)? /)
  }

  #from(begins: (line: string, at: number) => boolean, ends: RegExp): string {
    const at = this.#lines.findIndex(begins)
    if (at < 0) return ''
    const length = this.#lines.slice(at + 1).findIndex((line) => ends.test(line))
    return plain(this.#lines.slice(at, at + 1 + length).join('\n'))
  }
}

const numberWords: Readonly<Record<string, number>> = {
  'one in five': 20,
  'nine out of ten': 90,
  'one quarter': 25,
  'a quarter': 25,
  half: 50,
  'two thousand': 2000,
  'a million': 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  five: 5,
  two: 2,
  'Oxford, Cambridge, Imperial and UCL': 4,
}

/** All numbers that a few words hold, whether in digits or in words. */
function numbersIn(said: string): number[] {
  const digits = said.match(/\d[\d,]*(\.\d+)?/g) ?? []
  const named = Object.entries(numberWords).filter(([word]) =>
    new RegExp(`\\b${word}\\b`, 'i').test(said),
  )
  return [...digits.map((d) => Number(d.replaceAll(',', ''))), ...named.map(([, n]) => n)]
}

/** Every year that a block names: "2007", "2001/02", and the days that it calls last year and today. */
function yearsIn(block: string): Set<string> {
  const years = block.match(/\b(19|20)\d\d(\/\d\d)?\b/g) ?? []
  return new Set([
    ...years.map((y) => normalisePeriod(y, y.includes('/') ? 'financial-year' : 'year') ?? y),
    ...(/\blast year\b/i.test(block) ? ['2007'] : []),
    ...(/\btoday\b/.test(block) ? ['2008'] : []),
  ])
}

it('covers every part, and each figure says where it stands', () => {
  expect(figures.length).toBeGreaterThan(80)
  const known = new Set(
    figures.map((f) => partOf(catalogue.indicators.get(f.figure.indicator) ?? never(f))),
  )
  for (const part of parts) expect(known).toContain(part)
  for (const f of figures) expect(wordingOf(f).where).not.toBe('')
})

const never = (f: YardstickFigure): never => {
  throw new Error(`Nobody describes ${f.figure.indicator}.`)
}

it('reads all that its files hold', () => {
  const rows = readdirSync(paperFolder).flatMap((name) =>
    readFileSync(join(paperFolder, name), 'utf8').trim().split('\n').slice(1),
  )
  expect(figures).toHaveLength(rows.length)
})

it('is counted as the docs count it', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/yardstick.md'), 'utf8')
  const things = new Set(figures.map((f) => f.figure.indicator))
  expect(docs).toContain(`${figures.length} figures of ${things.size} things`)
})

it('has no value that its own words do not hold, and no interval', () => {
  for (const f of figures) {
    const { labels } = catalogue.indicators.get(f.figure.indicator) ?? never(f)
    const { said } = wordingOf(f)
    if (labels) expect(said, f.figure.indicator).toContain(labels[(f.figure.value ?? 0) - 1])
    else expect(numbersIn(said), `${f.figure.indicator}: ${said}`).toContain(f.figure.value)
    expect(f.figure.limits).toBeNull()
    expect(f.figure.comparisons.filter((c) => c.direction !== null)).toEqual([])
  }
})

it('tells apart what the paper says twice', () => {
  expect(figures.filter(isRepeated).map((f) => wordingOf(f).where)).toEqual(
    expect.arrayContaining(['Paragraph 8', 'Endnote 52']),
  )
})

describe.skipIf(!existsSync(text))('the paper itself', () => {
  const check = ({ where, said, sentence }: Wording): string => {
    const blocks = where.split(/ and (?=endnote)/).map((w) => new Paper().block(w))
    for (const [i, block] of blocks.entries()) expect(block, `${where}: ${i}`).not.toBe('')
    const quoted = blocks.filter((block) => block.includes(plain(sentence)))
    expect(quoted.length, `${where} has: ${sentence}`).toBeGreaterThan(0)
    expect(sentence).toContain(said)
    // At most one sentence is quoted: no full stop but at the end, or after an initial.
    expect(sentence.replace(/et al\.|\bC\./g, '')).not.toMatch(/[a-z)]\. [A-Z]/)
    return blocks.join(' ')
  }

  it('says every figure where it is said to stand, with its year', () => {
    for (const f of figures) {
      const wording = wordingOf(f)
      const years = yearsIn(check(wording))
      if (wording.year === 'none') expect(f.figure.period).toBe('2008')
      else expect([...years], f.figure.indicator).toContain(f.figure.period)
    }
  })

  it('says what the page leads with', () => {
    check(verdict)
  })
})

describe('beside other figures', () => {
  it('stands aside when real ones come, and is no reason to call a state real or invented', async () => {
    const reader = makeReader(db, catalogue)
    expect((await reader.state()).invented).toBe(false)
    const published = await importAndPublish(db, catalogue, [
      writeFile('clinics-2024.csv', clinicRows()),
    ])
    expect(published.drafts).toHaveLength(1)
    const all = await reader.yardstick.all(await reader.state())
    expect([...all.values()].flat()).toEqual(figures)
  })
})
