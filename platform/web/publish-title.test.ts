import { describe, expect, it } from 'vitest'
import { type Publishing, waits, waitsAnswers, withPublishing } from './testing-publish.ts'

describe('a file with lines above the one that names its columns', () => {
  let place: Publishing
  withPublishing((made) => {
    place = made
  })
  const titled = (text: string): string =>
    `"Waits, by practice",,\nSource: <the county>,,\n\n${text}`

  it('is read from the line that somebody says, and so is the next one', async () => {
    const url = await place.handIn('waits-2024.csv', titled(waits()))
    const { body } = await place.analyst.get(url)
    expect(body).toContain('Its first line does not name the columns')
    expect(body).toContain('Line 1: Waits, by practice')
    expect(body).toContain('Line 2: Source: &lt;the county&gt;')
    expect(body).toMatch(/value="4" checked/)
    expect(body).toContain('Line 4: practice, practice name, waited')
    const none = await place.act(url, 'questions', { 'header-line': 'x' })
    expect([none.statusCode, none.body.includes('Say which line names the columns')]).toEqual([
      400,
      true,
    ])
    await place.act(url, 'questions', { 'header-line': '1' })
    expect((await place.analyst.get(url)).body).toContain('Line 4: practice, practice name, waited')
    await place.act(url, 'questions', { 'header-line': '4' })
    const asked = (await place.analyst.get(url)).body
    expect(asked).toMatch(/<option value="practice" selected>/)
    expect(asked).toContain('Ash Surgery')
    await place.act(url, 'questions', waitsAnswers)
    const read = (await place.analyst.get(url)).body
    expect(read).toContain('Nothing stands in its way')
    expect(read).toContain('It stands above the line that names the columns')
    expect(read).toContain('Source: &lt;the county&gt;')
    await place.act(url, 'publish', { reason: 'Figures for 2024' })
    expect(await place.stateAt(url)).toMatchObject({ state: 'published' })
    const next = await place.handIn('waits-2025.csv', titled(waits()))
    expect(await place.stateAt(next)).toMatchObject({
      state: 'ready',
      report: { read: { rowsRead: 12, rowsAccepted: 12 } },
    })
    await place.act(next, 'drop', {})
  })
})
