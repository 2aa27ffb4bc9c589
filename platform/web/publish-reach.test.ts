import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { fixtureReader } from './fixture.ts'
import { fixtureReplies } from './fixture-replies.ts'
import { holderOf, peopleServer } from './testing-people.ts'
import {
  hiddenIn,
  type Publishing,
  waits,
  waitsAnswers,
  withPublishing,
} from './testing-publish.ts'

let place: Publishing
withPublishing((made) => {
  place = made
})

const signedIn = (app: FastifyInstance, role: string, scope: string, code?: string) =>
  holderOf({ db: place.db, app }, `${role}-of-${code ?? 'all'}@x.example`, role, scope, code)

describe('a file of one service with the codes of another', () => {
  it('is published by nobody whose role is of the one service alone', async () => {
    const first = await place.handIn('waits-2023.csv', waits())
    await place.act(first, 'questions', waitsAnswers)
    await place.act(first, 'publish', { reason: 'Figures for 2023' })
    // The same practices, said to be primary schools.
    const taken = waits().replace('waited', 'absent')
    const url = await place.handIn('absences-2099.csv', taken)
    const answers = {
      ...{ ...waitsAnswers, title: 'Absences', service: 'primary-school' },
      ...{ 'f1-value': 'absent', 'f1-name': 'Days of absence' },
    }
    await place.act(url, 'questions', answers)
    expect((await place.stateAt(url)).state).toBe('ready')

    const pupil = await signedIn(place.app, 'analyst', 'service', 'primary-school')
    const { body } = await pupil.get(url)
    expect(body).toContain('It is about providers of another service too: 12 of General practice')
    const sent = await pupil.post(
      `${url}/publish`,
      { ...hiddenIn((await place.analyst.get(url)).body), reason: 'Mine now' },
      url,
    )
    expect([sent.statusCode, sent.body.includes('such as Ash Surgery')]).toEqual([403, true])
    await place.at.uploads.settled()
    expect((await place.stateAt(url)).state).toBe('ready')
    expect((await place.app.inject('/providers/Q10100')).body).not.toContain('Days of absence')

    // Who may publish for everything can.
    await place.act(url, 'publish', { reason: 'Both are counted here' })
    expect((await place.stateAt(url)).state).toBe('published')
  })
})

describe('what was asked for somebody who is listed no more', () => {
  it('is read and answered by those alone whose role reaches everything', async () => {
    const corrections = async () =>
      (await fixtureReplies.corrections(await fixtureReader.state())).map((c) => ({
        ...{ ...c, provider: 'X90001', isPrivate: true },
        words: { wrong: 'Of Xanthippe.', rightIs: '61%', evidence: 'A letter.' },
      }))
    const replies = { ...fixtureReplies, corrections }
    const app = await peopleServer(place.db, {}, { reader: { ...fixtureReader, replies } })
    const [all, elsewhere, ofService] = [
      await signedIn(app, 'steward', 'whole'),
      await signedIn(app, 'steward', 'place', 'P1'),
      await signedIn(app, 'analyst', 'service', 'hospital'),
    ]
    expect((await all.get('/corrections/1/answer')).statusCode).toBe(200)
    for (const other of [elsewhere, ofService]) {
      const { statusCode, body } = await other.get('/corrections/1/answer')
      expect([statusCode, body.includes('Xanthippe')]).toEqual([403, false])
    }
    await app.close()
  })
})
