import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { clinics, prepare } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { personHashOf } from '../surveys/code.ts'
import { leaveInPeace } from '../surveys/peace.ts'
import { inviteSeen } from '../surveys/seen.ts'
import { openSurvey } from '../surveys/survey.ts'
import { makeToken } from '../tokens/store.ts'
import type { OwnPlace } from './own-place.ts'
import { makeVerbs } from './verbs.ts'

const secret = 'a secret that only this test has, and nobody else'
const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

describe.each(testDatabases())('plumbline surveys appointments on $kind', ({ open }) => {
  let db: Database
  let id = ''
  beforeAll(async () => {
    db = await prepare(await open())
    const survey = {
      ...{ title: 'Our clinics', service: 'clinic', providers: ['C100'], role: 'steward' },
      ...{ opens: day(-1), closes: day(9), invented: true },
    }
    id = String(await db.transaction((tx) => openSurvey(tx, survey)))
  })
  afterAll(() => db.close())

  async function appointments(args: string[], more: Partial<OwnPlace> = {}) {
    const said = { stdout: '', stderr: '' }
    const emit = (event: ProgressEvent): void => {
      if (event.kind === 'line') said[event.stream] += `${event.text}\n`
    }
    const signIn = { given: secret, folder: '/nowhere' }
    const own = { signIn, home: 'https://plumbline.example.org', canPost: true, ...more }
    const verbs = makeVerbs(clinics, null, own)
    const exit = await runVerb(verbs, 'surveys', ['appointments', ...args], { db, cwd: '/' }, emit)
    return { exit, out: said.stdout, err: said.stderr }
  }

  it.each([
    [[], 3, 'Say which survey'],
    [['999'], 3, 'no survey 999'],
    [['1', '--way', 'email', '--stop'], 3, 'One thing at a time'],
    [['1', '--why', 'ada@example.org'], 2, 'asks nobody after an appointment'],
    [['1', '--way', 'pigeon'], 2, 'How they are asked'],
    [['1', '--way', 'email', '--share', '0'], 2, 'The share'],
    [['1', '--way', 'letter', '--share', 'half'], 2, 'The share'],
    [['1', '--stop', '--reason', 'Enough.'], 2, 'does not ask'],
  ] as const)('refuses %j with a sentence, and begins nothing', async (args, exit, sentence) => {
    const words = args.map((a) => (a === '1' ? id : a))
    expect(await appointments(words)).toMatchObject({
      exit,
      err: expect.stringContaining(sentence),
    })
    expect((await appointments([id])).out).toBe('It asks nobody after an appointment.\n')
  })

  it('begins it once, tells what share was asked, and explains each draw as it was made', async () => {
    const begins = [id, '--way', 'email', '--share', '40', '--months', '3']
    const noMail = await appointments(begins, { canPost: false })
    expect(noMail).toMatchObject({ exit: 2, err: expect.stringContaining('SMTP_URL') })
    const begun = await appointments(begins)
    expect(begun, begun.err).toMatchObject({ exit: 0 })
    expect(begun.out).toContain('Of a hundred people 40, by lot, are asked by email')
    expect(begun.out).toContain('No appointment was reported yet.')
    expect(await appointments(begins)).toMatchObject({ exit: 2 })
    await leaveInPeace(db, personHashOf(secret, 'p0@example.org'))
    const seen = Array.from({ length: 40 }, (_, i) => ({
      ...{ reference: `A${i}`, provider: 'C100', person: `p${i}@example.org` },
      ...{ email: `p${i}@example.org`, seenOn: day(-1), died: false },
    }))
    // Before they are asked, the draw says what will become of them.
    const before = await Promise.all(seen.map((s) => appointments([id, '--why', s.person])))
    const scope = { appointments: ['C100'] }
    const token = await makeToken(db, { name: 'Bookings', scope, publishes: false })
    const work = { token, secret, today: day(0) }
    const { reported } = await db.transaction((tx) => inviteSeen({ tx, ...work }, seen))
    const asked = reported.filter((r) => r.answer === 'invited').length
    expect(asked).toBeGreaterThan(5)
    expect(asked).toBeLessThan(30)
    before.forEach(({ out }, i) => {
      const isAsked = / they are drawn/.test(out) && !out.includes('asked not to be asked')
      expect([i, isAsked]).toEqual([i, reported[i]?.answer === 'invited'])
    })
    expect(before[0]?.out).toContain('They asked not to be asked by surveys')
    const { out } = await appointments([id])
    expect(out).toContain(`Of 40 appointments that were reported, ${asked} led to an invitation: `)
    const again = await appointments([id, '--why', 'P1@Example.org'])
    expect(again.err).toContain('Tell this to nobody but them.')
    expect(again.out).not.toContain('p1@example.org')
  })

  it('says where the secret is missing, and stops it for good', async () => {
    const lost = { signIn: { given: null, folder: '/nowhere' } }
    const why = await appointments([id, '--why', 'ada@example.org'], lost)
    expect(why).toMatchObject({ exit: 2, err: expect.stringContaining('PLUMBLINE_SIGN_IN_SECRET') })
    expect(await appointments([id, '--stop'])).toMatchObject({ exit: 2 })
    const stopped = await appointments([id, '--stop', '--reason', 'The clinic moves.'])
    expect(stopped.out).toContain('It asks nobody after an appointment any more.')
    expect((await verifyStored(db)).fault).toBeNull()
  })
})
