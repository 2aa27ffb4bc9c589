import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { grantRole } from '../people/grants.ts'
import { deletePerson } from '../people/own-data.ts'
import { shutAccount } from '../people/shutting.ts'
import { prepareWalkIn, walkIns } from '../people/walk-in.ts'
import { answerCorrection, askCorrection } from './correction.ts'
import { usualClock } from './deadline.ts'
import type { KnownMatter } from './matter.ts'
import { tellWhoAnswers, tellWhoAsked } from './tell.ts'

const matter: KnownMatter = {
  ...{ provider: 'C7', kind: 'figure', about: 'reading', providerName: 'Ansty School' },
  ...{ name: 'Reading', period: '2024-25', service: 'school' },
}
const thing = { provider: 'C7', service: 'school', places: ['D1', 'A'] }
const told = {
  about: 'the figure “Reading”, 2024-25',
  provider: 'Ansty\nSchool',
  home: 'https://plumbline.example',
}
const asking = { by: 'the head teacher of Ansty School', due: '18 May 2026', isPrivate: false }
const request = {
  ...{ wrong: 'Of Xanthippe Quill.', rightIs: 'Not Xanthippe.', evidence: 'Xanthippe’s letter.' },
  ...{ isPrivate: false, role: 'head teacher', askedOn: '2026-05-04' },
}

describe.each(testDatabases())('letters about corrections, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query('delete from person')
    await db.query('delete from letter')
  })

  async function grant(
    email: string,
    role: string,
    scope: string,
    code = '',
    from = '2026-01-01',
  ): Promise<string> {
    await grantRole(db, { email, role, scope, code, from, why: 'a test' }, 'operator')
    const [row] = await db.query<{ id: string }>('select id from person_address where email = $1', [
      email,
    ])
    return row?.id ?? ''
  }
  const ask = (person: string | null, isPrivate = false): Promise<number> =>
    db.transaction(async (tx) => {
      const id = await askCorrection(tx, matter, { ...request, isPrivate }, usualClock, person)
      await tellWhoAnswers(tx, { id, ...told, ...asking, isPrivate }, thing, person)
      return id
    })
  const answer = (id: number, person: string | null) =>
    db.transaction(async (tx) => {
      const given = { outcome: 'refused', why: 'Xanthippe is right.', role: 'steward' }
      await answerCorrection(tx, id, { ...given, on: '2026-05-05' }, null, person)
      await tellWhoAsked(tx, { id, ...told }, 'refused', person)
    })
  const letters = async () => (await unsentLetters(db)).toReversed()
  const addresses = async () => (await letters()).map((l) => l.address).sort()

  it('go to each steward whose role reaches the provider today, once, and to nobody else', async () => {
    await grant('whole@x.example', 'steward', 'whole')
    await grant('place@x.example', 'steward', 'place', 'D1')
    await grant('place@x.example', 'steward', 'service', 'school')
    await grant('elsewhere@x.example', 'steward', 'place', 'D2')
    await grant('hospital@x.example', 'steward', 'service', 'hospital')
    await grant('later@x.example', 'steward', 'whole', '', '2099-01-01')
    await grant('analyst@x.example', 'analyst', 'whole')
    await grant('shut@x.example', 'steward', 'whole')
    await shutAccount(db, { email: 'shut@x.example', why: 'sends insults' }, 'operator')
    await prepareWalkIn(db, walkIns[4], null)
    const id = await ask(null)
    expect(await addresses()).toEqual(['place@x.example', 'whole@x.example'])
    const [letter] = await letters()
    expect(letter?.subject).toBe('A correction is asked for: Ansty School, by 18 May 2026')
    expect(letter?.body).toContain('The head teacher of Ansty School asks for a correction of')
    expect(letter?.body).toContain(`\nhttps://plumbline.example/corrections/${id}/answer\n`)
    expect(letter?.body).toContain('you are a steward')
  })

  it('never hold the words of a request or of an answer', async () => {
    await grant('whole@x.example', 'steward', 'whole')
    const head = await grant('head@x.example', 'lead', 'provider', 'C7')
    await answer(await ask(head), null)
    await answer(await ask(head, true), null)
    const all = await letters()
    expect(all).toHaveLength(4)
    expect(JSON.stringify(all)).not.toContain('Xanthippe')
    expect(all.filter((l) => l.body.includes('The words are not public'))).toHaveLength(1)
  })

  it('go to analysts where no steward can be told, and not to whoever asks', async () => {
    const steward = await grant('steward@x.example', 'steward', 'whole')
    await grant('analyst@x.example', 'analyst', 'service', 'school')
    await grant('other@x.example', 'analyst', 'service', 'hospital')
    await ask(steward)
    expect(await addresses()).toEqual(['analyst@x.example'])
    expect((await letters())[0]?.body).toContain('you are an analyst')
  })

  it('tell whoever asked of the answer, unless they gave it, are invented, or have left', async () => {
    const head = await grant('head@x.example', 'lead', 'provider', 'C7')
    const id = await ask(head)
    await answer(id, null)
    expect(await addresses()).toEqual(['head@x.example'])
    const [letter] = await letters()
    expect(letter?.body).toContain('It is refused: nothing is corrected')
    expect(letter?.body).toMatch(new RegExp(`^https://plumbline\\.example/corrections/${id}$`, 'm'))
    await db.query('delete from letter')
    await answer(await ask(head), head)
    await answer(await ask(null), null)
    await answer(await ask(await grant('i@walk-in.invalid', 'lead', 'provider', 'C7')), null)
    const left = await ask(head)
    await deletePerson(db, head)
    await answer(left, null)
    expect(await letters()).toEqual([])
  })

  it('come only if the request was made', async () => {
    await grant('whole@x.example', 'steward', 'whole')
    const failed = db.transaction(async (tx) => {
      await tellWhoAnswers(tx, { id: 1, ...told, ...asking }, thing, null)
      throw new Error('Not asked after all.')
    })
    await expect(failed).rejects.toThrow('Not asked')
    expect(await letters()).toEqual([])
  })
})
