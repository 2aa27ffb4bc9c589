import { describe, expect, it } from 'vitest'
import { holderOf, type TestBrowser } from './testing-people.ts'
import {
  hiddenIn,
  type Publishing,
  waits,
  waitsAnswers,
  withPublishing,
} from './testing-publish.ts'

describe('a file of which nobody has said yet what it is about', () => {
  let place: Publishing
  withPublishing((made) => {
    place = made
  })

  /** Somebody who is a steward of the files of one service alone. */
  const stewardOf = (service: string): Promise<TestBrowser> =>
    holderOf(place, `${service}@example.org`, 'steward', 'service', service)
  const statuses = (browser: TestBrowser, url: string) =>
    Promise.all(
      [url, `${url}.json`, `${url}/drop`].map(async (path) => (await browser.get(path)).statusCode),
    )

  it('is for whoever handed it in and stewards of everything, and for no steward of a service', async () => {
    const url = await place.handIn('waits-2023.csv', waits())
    const narrow = await stewardOf('general-practice')
    expect(await statuses(narrow, url)).toEqual([403, 403, 403])
    const { body } = await narrow.get(url)
    expect(body).not.toContain('Ash Surgery')
    expect(body).toContain('only whoever handed it in and stewards of everything here see it.')
    expect((await narrow.get('/publish')).body).not.toContain('waits-2023.csv')
    const { version } = hiddenIn((await place.steward.get(url)).body)
    expect((await narrow.post(`${url}/drop`, { version }, '/publish')).statusCode).toBe(403)
    expect((await place.stateAt(url)).state).toBe('questions')
    for (const browser of [place.analyst, place.steward]) {
      expect(await statuses(browser, url)).toEqual([200, 200, 200])
      expect((await browser.get(url)).body).toContain('Ash Surgery')
    }
    // Once it is known to be of their service, it is theirs.
    await place.act(url, 'questions', waitsAnswers)
    expect((await place.stateAt(url)).state).toBe('ready')
    expect(await statuses(narrow, url)).toEqual([200, 200, 200])
    expect(await statuses(await stewardOf('hospital'), url)).toEqual([403, 403, 403])
  })
})
