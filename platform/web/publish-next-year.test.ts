import { describe, expect, it } from 'vitest'
import { importFiles } from '../publishing/import.ts'
import { writeFile } from '../publishing/testing.ts'
import { type Publishing, surgery, waits, waitsAnswers, withPublishing } from './testing-publish.ts'

describe('a file of next year, in the browser', () => {
  let place: Publishing
  withPublishing((made) => {
    place = made
  })
  const publish = (url: string) => place.act(url, 'publish', { reason: 'Figures of a year' })
  const terms = (years: readonly string[]): string =>
    [
      'practice,practice name,year,term,waited',
      ...years.flatMap((year) =>
        Array.from({ length: 12 }, (_, i) =>
          [1, 2, 3, 4].map((t) => `Q${10_100 + i},${surgery(i)},${year},Term ${t},${i + t}.5`),
        ).flat(),
      ),
    ].join('\n')

  it('is read though its years are none of those in the first', async () => {
    const url = await place.handIn('terms.csv', terms(['2022-23', '2023-24']))
    const asked = (await place.analyst.get(url)).body
    expect(asked).toMatch(/<option value="column:year" selected>/)
    const answers = { ...waitsAnswers, title: 'Waits by term', 'f1-name': 'Days in a term' }
    const when = { when: 'column:year', 'when-kind': 'financial-year' }
    await place.act(url, 'questions', { ...answers, ...when, 'g1-column': 'term' })
    await publish(url)
    const next = await place.handIn('terms-next.csv', terms(['2024-25']))
    expect(await place.stateAt(next)).toMatchObject({
      state: 'ready',
      report: { read: { rowsRead: 48, rowsRefused: 0 } },
    })
    await place.act(next, 'drop', {})
  })

  const fixed = { ...waitsAnswers, title: 'Stays', when: 'fixed', 'when-kind': 'school-year' }
  const stays = (more = 0) =>
    waits(surgery, (i) => String(10 + i + more)).replace('waited', 'stayed')
  it('is asked when its figures are of, where nothing in such files says it', async () => {
    const url = await place.handIn('stays.csv', stays())
    const answers = { ...fixed, 'f1-value': 'stayed', 'f1-name': 'Days of stay' }
    await place.act(url, 'questions', { ...answers, 'when-value': '2024/25' })
    await publish(url)
    expect(await place.stateAt(url)).toMatchObject({ state: 'published' })

    const next = await place.handIn('stays-2025-26.csv', stays(1))
    expect(await place.stateAt(next)).toMatchObject({ state: 'questions', descriptor: 'stays' })
    const { body } = await place.analyst.get(next)
    expect(body).toContain('It is a file of the kind “Stays”')
    expect(body).toContain('The last one here is of 2024-25.')
    expect(body).toContain('The file’s name says 2025-26.')
    expect(body).toMatch(/name="when-value"[^>]* value="2025-26"/)
    const wrong = await place.act(next, 'questions', { 'when-value': 'next year' })
    expect([wrong.statusCode, wrong.body.includes('write it as 2023-24')]).toEqual([400, true])
    await place.act(next, 'questions', { 'when-value': '2024-25' })
    const read = await place.analyst.get(next)
    expect(read.body).toContain(
      'The file’s name says 2025-26, and its figures are read as of 2024-25.',
    )
    expect(read.body.indexOf('The file’s name says')).toBeLessThan(
      read.body.indexOf('Publish it</h2>'),
    )
    expect(read.body).toContain('It takes the place of')
    await place.act(next, 'period', {})
    await place.act(next, 'questions', { 'when-value': '2025-26' })
    const right = await place.analyst.get(next)
    expect(right.body).not.toContain('The file’s name says')
    expect(right.body).not.toContain('It takes the place of')
    await publish(next)
    const current = await place.db.query<{ period: string }>(
      `select period from release where dataset = 'stays' and published_in is not null
       and ended_in is null order by period`,
    )
    expect(current.map((r) => r.period)).toEqual(['2024-25', '2025-26'])
  })

  it('is another kind of file where somebody says so, and then all is asked', async () => {
    const url = await place.handIn('stays-again.csv', stays(2))
    await place.act(url, 'reopen', {})
    expect(await place.stateAt(url)).toMatchObject({ state: 'questions', descriptor: null })
    expect((await place.analyst.get(url)).body).toContain('name="f1-value"')
    await place.act(url, 'drop', {})
  })

  it('is not read by the command line either unless somebody says when it is of', async () => {
    const path = writeFile('stays-2026-27.csv', stays(3))
    const options = { accept: 0, by: 'a test' }
    const read = (more: object, of = path) =>
      importFiles(place.db, place.at.catalogue(), [of], { ...options, ...more })
    const { accepted, files } = await read({})
    expect([accepted, files[0]?.sentence]).toEqual([
      false,
      'Files of this kind do not say when their figures are of: say it, such as --period 2026-27.',
    ])
    expect((await read({ period: 'soon' })).files[0]?.sentence).toBe(
      '“soon” is no school year: write it as 2023-24.',
    )
    const [found] = (await read({ period: '2026-27' })).files
    expect([found?.outcome, found?.report?.rowsAccepted]).toEqual(['draft', 12])
    const other = writeFile('terms.csv', terms(['2024-25']))
    expect((await read({ period: '2024-25' }, other)).files[0]?.sentence).toBe(
      'A file of this kind says itself when its figures are of: leave --period out.',
    )
    // The same bytes are another release where they are of another year.
    const again = writeFile('stays.csv', stays())
    expect((await read({ period: '2024-25' }, again)).files[0]?.outcome).toBe('same')
    expect((await read({ period: '2023-24' }, again)).files[0]?.outcome).toBe('draft')
  })
})
