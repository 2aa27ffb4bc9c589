import { describe, expect, it } from 'vitest'
import { type Publishing, waits, waitsAnswers, withPublishing } from './testing-publish.ts'

const footed = (text: string): string => `${text}\nTotal,All of them,12\nSource: the county,,\n`

describe('codes that are not known yet, in the browser', () => {
  let place: Publishing
  withPublishing((made) => {
    place = made
  })
  const taken = async (url: string): Promise<[unknown, number, number]> => {
    const { state, report } = (await place.stateAt(url)) as {
      state: string
      report: { read: { rowsAccepted: number; rowsRefused: number } }
    }
    return [state, report.read.rowsAccepted, report.read.rowsRefused]
  }

  it('are refused where somebody says so, though a check before has added them', async () => {
    const first = await place.handIn('waits-2023.csv', waits())
    await place.act(first, 'questions', waitsAnswers)
    expect((await place.analyst.get(first)).body).toMatch(
      /12 providers: Ash Surgery \(Q10100\), [^.]*Juniper Surgery \(Q10109\) and 2 more\. Look whether/,
    )
    await place.act(first, 'publish', { reason: 'Figures for 2023' })
    const delays = footed(waits().replace('waited', 'delayed'))
    const answers = { ...waitsAnswers, title: 'Delays', 'f1-value': 'delayed' }
    const url = await place.handIn('delays-2023.csv', delays)
    // Twelve of its fourteen codes are known: not so many that others must be mistakes.
    expect((await place.analyst.get(url)).body).toMatch(
      /name="unknown" [^>]*value="register" checked/,
    )
    await place.act(url, 'questions', answers)
    expect(await taken(url)).toEqual(['ready', 14, 0])
    expect((await place.analyst.get(url)).body).toContain(
      '2 providers: All of them (Total) and Source: the county.',
    )
    await place.act(url, 'reopen', {})
    await place.act(url, 'questions', { ...answers, unknown: 'refuse' })
    expect(await taken(url)).toEqual(['refused', 12, 2])
    await place.act(url, 'drop', {})
    const anew = await place.handIn('delays-2023.csv', delays)
    await place.act(anew, 'questions', { ...answers, unknown: 'refuse' })
    expect(await taken(anew)).toEqual(['refused', 12, 2])
    await place.act(anew, 'drop', {})
  })

  it('are refused unless somebody says otherwise where nearly all others are known', async () => {
    const url = await place.handIn('stays-2023.csv', waits().replace('waited', 'stayed'))
    expect((await place.analyst.get(url)).body).toMatch(
      /name="unknown" [^>]*value="refuse" checked/,
    )
    await place.act(url, 'drop', {})
  })
})
