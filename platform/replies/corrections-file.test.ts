import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefused } from '@plumbline/clocks'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CatalogueError, loadCatalogue } from '../evidence/catalogue.ts'
import { correctionsFile, readCorrections } from './corrections-file.ts'
import { type CorrectionClock, dueOf, explainDue, usualClock } from './deadline.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-corrections-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const path = (): string => join(folder, correctionsFile)
function write(file: unknown): CorrectionClock | string {
  writeFileSync(path(), JSON.stringify(file))
  return readCorrections(path())
}
const calendar = {
  ...{ name: 'town', title: 'Town', knownSince: '2020-01-01' },
  ...{ from: '2020-01-01', to: '2150-12-31' },
  holidays: [{ date: '2026-05-04', title: 'Early May' }],
}

describe('an area’s own time to answer', () => {
  it('counts by its calendar, and explains the holiday', () => {
    const clock = write({ workingDays: 5, calendar })
    if (typeof clock === 'string') throw new Error(clock)
    const { due, clock: kept } = dueOf(clock, '2026-05-01')
    expect(due).toBe('2026-05-11')
    const explained = explainDue(kept, '2026-05-01')
    if (isRefused(explained)) throw new Error(explained.sentence)
    expect(explained.lines.map((l) => l.words)).toContain(
      'Monday 4 May 2026: Early May. It does not count.',
    )
    expect(loadCatalogue([folder]).corrections).toEqual(clock)
  })

  it('may read the official file of bank holidays', () => {
    const events = ['2026-05-04', '2149-01-01'].map((date) => ({ title: 'A holiday', date }))
    writeFileSync(join(folder, 'bank-holidays.json'), JSON.stringify({ wales: { events } }))
    const file = { workingDays: 10, bankHolidays: 'bank-holidays.json', divisions: ['wales'] }
    const clock = write({ ...file, knownSince: '2026-01-01' })
    if (typeof clock === 'string') throw new Error(clock)
    expect(dueOf(clock, '2026-05-01').due).toBe('2026-05-18')
    expect(write({ ...file, divisions: ['mars'], knownSince: '2026-01-01' })).toMatch(/mars/)
  })

  it.each([
    ['no days', { workingDays: 0, calendar }],
    ['a calendar that has ended', { workingDays: 5, calendar: { ...calendar, to: '2026-06-01' } }],
    ['a file elsewhere', { workingDays: 5, bankHolidays: '../x.json', divisions: ['wales'] }],
    ['nothing', {}],
  ])('is refused with %s', (_, file) => {
    expect(write(file)).toEqual(expect.any(String))
    expect(() => loadCatalogue([folder])).toThrow(CatalogueError)
  })
})

it('what is kept with a request explains the same day as the whole calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_000 }), (n) => {
      const day = new Date(Date.UTC(2001, 0, 1 + n)).toISOString().slice(0, 10)
      const { due, clock } = dueOf(usualClock, day)
      const explained = explainDue(clock, day)
      return (
        !isRefused(explained) &&
        explained.outcome.kind === 'due' &&
        explained.outcome.due === due &&
        due > day
      )
    }),
  )
})
