import { describe, expect, it } from 'vitest'
import { type Publishing, surgery, waits, waitsAnswers, withPublishing } from './testing-publish.ts'

/** The page without what is folded away. */
const unfolded = (body: string): string => body.replaceAll(/<details[^>]*>[\s\S]*?<\/details>/g, '')
const said = (body: string): string =>
  body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')

describe('the questions about a new kind of file', () => {
  let place: Publishing
  withPublishing((made) => {
    place = made
  })
  const page = async (name: string, text: string): Promise<[string, string]> => {
    const url = await place.handIn(name, text)
    return [url, (await place.analyst.get(url)).body]
  }

  it('fold away none that has to be answered', async () => {
    const [url, body] = await page('waits.csv', waits())
    expect(body).toMatch(/<option value="fixed" selected>/)
    expect(unfolded(body)).toContain('name="when-value"')
    const inColumn = waits()
      .replace('waited', 'year,waited')
      .replaceAll(/,(\d\d)$/gm, ',2024,$1')
    const [told, other] = await page('waits.csv', inColumn)
    expect(unfolded(other)).not.toContain('name="when-value"')
    await place.act(told, 'drop', {})
    const codes = Array.from({ length: 12 }, (_, i) => `E070000${10 + i},${i}.5`)
    const [places, asked] = await page('areas-2024.csv', ['district,rate', ...codes].join('\n'))
    expect(asked).toMatch(/name="kind" [^>]*value="place" checked/)
    expect(unfolded(asked)).toContain('name="level"')
    await place.act(places, 'drop', {})
    await place.act(url, 'drop', {})
  })

  it('ask for a figure in the open where none is found', async () => {
    const [url, body] = await page(
      'notes-2024.csv',
      [
        'practice,practice name,remark',
        ...Array.from({ length: 12 }, (_, i) => `Q${10_100 + i},${surgery(i)},fine ${i}`),
      ].join('\n'),
    )
    expect(unfolded(body)).toContain('name="f1-value"')
    expect(body).not.toContain('One more figure')
    expect(said(body)).toContain('We have found no column of numbers that looks like a figure.')
    await place.act(url, 'drop', {})
  })

  it('offer small counts as figures where a file has no others', async () => {
    const falls = Array.from({ length: 60 }, (_, i) => `Q${10_100 + i},Surgery ${i},${i % 5}`)
    const [url, body] = await page(
      'falls-2024.csv',
      ['practice,practice name,falls', ...falls].join('\n'),
    )
    expect(unfolded(body)).toMatch(/id="f1-value"[\s\S]*?<option value="falls" selected>/)
    expect(unfolded(body)).toMatch(/id="f1-kind"[\s\S]*?<option value="count" selected>/)
    await place.act(url, 'drop', {})
  })

  it('ask what a point is where the numbers have points and no commas', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `Q${10_100 + i};${10 + i},5;${i === 0 ? 971 : `1.${400 + i}`}`,
    )
    const [url, body] = await page(
      'rolls-2024.csv',
      ['practice;waited;on roll', ...rows].join('\n'),
    )
    expect(body).toContain('What is a comma in waited (10,5, 11,5, 12,5)?')
    expect(body).toContain('What is a point in on roll (971; 1.401; 1.402)?')
    expect(body).toContain('Between thousands: 1.234 is one thousand and more')
    expect(body).toMatch(/name="comma-1" type="radio" value="," checked/)
    await place.act(url, 'drop', {})
  })

  it('name the figure that keeps small counts from being hidden, and what can be done', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => [
      `Q${10_100 + i},2024,Complaints,count,${i % 7}`,
      `Q${10_100 + i},2024,Satisfied,%,${60 + i}.5`,
    ]).flat()
    const [url] = await page('long.csv', ['practice,year,measure,unit,value', ...rows].join('\n'))
    const about = (i: number, name: string) => ({
      [`f${i}-value`]: 'value',
      [`f${i}-name`]: name,
      [`f${i}-definition`]: 'As counted.',
      [`f${i}-why`]: 'People want to know.',
      [`f${i}-polarity`]: 'neither',
    })
    const answers = {
      ...waitsAnswers,
      ...{ title: 'Long', name: '', when: 'column:year', 'when-kind': 'year', small: '5' },
      ...{ ...about(1, 'Complaints'), 'f1-kind': 'count' },
      ...{ ...about(2, 'Satisfied patients'), 'f2-kind': 'proportion' },
    }
    const { statusCode, body } = await place.act(url, 'questions', answers)
    expect(statusCode).toBe(400)
    expect(said(body)).toContain(
      '“Satisfied patients” stands in the way: small counts can be hidden or rounded only where the count behind each figure is known. Choose the column that holds it, leave this figure out (“None”) and hand it in as a file of its own, or, where nobody can be known by a small number, say so below.',
    )
    const without = { ...answers, 'f2-value': '' }
    expect((await place.act(url, 'questions', without)).statusCode).toBe(303)
    expect(await place.stateAt(url)).toMatchObject({ state: 'ready' })
    await place.act(url, 'drop', {})
  })

  it('are followed by no empty heading where a file is refused as a whole', async () => {
    const first = await place.handIn('waits-2023.csv', waits())
    await place.act(first, 'questions', waitsAnswers)
    await place.act(first, 'publish', { reason: 'Figures for 2023' })
    const url = await place.handIn('waits-2023.csv', waits())
    const { body } = await place.analyst.get(url)
    expect(body).toContain('The same bytes are published already')
    expect(body).not.toContain('What the check found')
    await place.act(url, 'drop', {})
  })

  it('call names that stand in the way so, and not refused rows', async () => {
    const url = await place.handIn(
      'waits-2025.csv',
      waits((i) => surgery(i + 1)),
    )
    const text = said((await place.analyst.get(url)).body)
    expect(text).toContain('Refused 0')
    expect(text).toContain('Stands in the way: The code is known by another name. (12 times)')
    expect(text).not.toContain('Refused: The code')
    await place.act(url, 'drop', {})
  })
})
