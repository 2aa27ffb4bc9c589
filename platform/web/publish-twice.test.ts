import { describe, expect, it } from 'vitest'
import {
  hiddenIn,
  type Publishing,
  waits,
  waitsAnswers,
  withPublishing,
} from './testing-publish.ts'

const taken = 'You sent this form before, with other words'

describe('a form about a file that is sent twice with other words', () => {
  let place: Publishing
  let url = ''
  withPublishing(async (made) => {
    place = made
    url = await place.handIn('waits-2023.csv', waits())
    await place.act(url, 'questions', waitsAnswers)
  })
  const entries = (words: string) =>
    place.db.query(
      `select 1 from record_entry where act in ('release-published', 'release-withdrawn')
         and entry like $1 and entry not like '%paper-2008%'`,
      [`%${words}%`],
    )

  it('publishes by the first words, and shows the second to whoever sent them', async () => {
    const hidden = hiddenIn((await place.analyst.get(url)).body)
    expect(hidden.form).toBeDefined()
    const send = (reason: string) =>
      place.analyst.post(`${url}/publish`, { ...hidden, reason }, '/publish')
    const [first, second] = await Promise.all([send('The first words'), send('The second words')])
    const [led, kept] = first.statusCode === 303 ? [first, second] : [second, first]
    const typed = led === first ? 'The second words' : 'The first words'
    const stood = led === first ? 'The first words' : 'The second words'
    expect([led.statusCode, kept.statusCode]).toEqual([303, 409])
    expect(kept.body).toContain(taken)
    expect(kept.body).not.toContain('Somebody else')
    expect(kept.body).toContain(`>${typed}</textarea>`)
    expect(kept.body).toContain(`href="${url}"`)
    await place.at.uploads.settled()
    expect(await place.stateAt(url)).toMatchObject({ state: 'published' })
    // Once it is published too: the same words lead on, others are shown.
    expect((await send(stood)).statusCode).toBe(303)
    expect((await send('Third words')).body).toContain(taken)
    expect(await entries(stood)).toHaveLength(1)
    expect(await entries(typed)).toEqual([])
    expect(place.at.problems).toEqual([])
  })

  it('withdraws by the first words, and drops the second from nobody’s sight', async () => {
    const { release } = (await place.stateAt(url)) as { release: number }
    const page = `/publish/releases/${release}/withdraw`
    const { form = '' } = hiddenIn((await place.steward.get(page)).body)
    expect(form).not.toBe('')
    const send = (reason: string) => place.steward.post(page, { form, reason }, '/publish')
    expect((await send('The first reason')).statusCode).toBe(303)
    const second = await send('The second reason')
    expect(second.statusCode).toBe(409)
    expect(second.body).toContain(taken)
    expect(second.body).toContain('>The second reason</textarea>')
    await place.at.uploads.settled()
    const third = await send('The third reason')
    expect([third.statusCode, third.body.includes(taken)]).toEqual([409, true])
    expect((await send('The first reason')).headers.location).toBe(page)
    expect(await entries('The first reason')).toHaveLength(1)
    expect(await entries('The second reason')).toEqual([])
  })

  it('says so where somebody else withdraws it already, for another reason', async () => {
    const other = await place.handIn('waits-2022.csv', waits())
    await place.act(other, 'publish', { reason: 'Figures for 2022' })
    const { release } = (await place.stateAt(other)) as { release: number }
    const page = `/publish/releases/${release}/withdraw`
    const { form = '' } = hiddenIn((await place.steward.get(page)).body)
    await place.db.query(
      `insert into withdrawal (release, reason, role) values ($1, $2, 'steward')`,
      [release, 'A reason of somebody else'],
    )
    const late = await place.steward.post(page, { form, reason: 'My own reason' }, '/publish')
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('It is withdrawn already, for another reason')
    expect(late.body).toContain('>My own reason</textarea>')
    // The same reason leads on.
    const same = { form, reason: 'A reason of somebody else' }
    expect((await place.steward.post(page, same, '/publish')).statusCode).toBe(303)
  })

  it('leads on where a correction took its place meanwhile: nobody withdrew it', async () => {
    const first = await place.handIn('waits-2021.csv', waits())
    await place.act(first, 'publish', { reason: 'Figures for 2021' })
    const { release } = (await place.stateAt(first)) as { release: number }
    const page = `/publish/releases/${release}/withdraw`
    const { form = '' } = hiddenIn((await place.steward.get(page)).body)
    const correction = await place.handIn(
      'waits-2021.csv',
      waits(undefined, (i) => String(20 + i)),
    )
    await place.act(correction, 'publish', { reason: 'Corrected' })
    const late = await place.steward.post(page, { form, reason: 'Too late' }, '/publish')
    expect([late.statusCode, late.headers.location]).toEqual([303, page])
    expect((await place.steward.get(page)).body).toContain('no longer')
  })
})
