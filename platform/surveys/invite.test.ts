import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { makeToken } from '../tokens/store.ts'
import { askAfter } from './appointments.ts'
import { letterCode, readCode, spelled } from './code.ts'
import { readFrame, readPaperFrame } from './frame.ts'
import { type InviteOptions, inviteSample } from './invite.ts'
import { paperLetters } from './paper.ts'
import { leaveInPeace } from './peace.ts'
import { publishedShare, told } from './published-share.ts'
import { inviteSeen } from './seen.ts'
import { findSurvey, openSurvey, type Survey } from './survey.ts'
import { partCounts, type StratumCount } from './weighted.ts'

describe('a list of people', () => {
  const head = 'person,provider,email,stratum,died\n'

  it('is read with people known in small letters', () => {
    expect(readFrame(`${head}Ada@Example.org,A,Ada@Example.org,young,\n`, true)).toEqual([
      {
        person: 'ada@example.org',
        provider: 'A',
        email: 'ada@example.org',
        stratum: 'young',
        died: '',
      },
    ])
    expect(readFrame('\ufeffperson,provider\n12,A\n', false)).toHaveLength(1)
  })

  it.each([
    ['', 'empty'],
    [head, 'empty'],
    ['person\n1\n', 'no column “provider”'],
    [`${head}a@b.org,A\n`, 'no CSV'],
    [`${head}a@b.org,A,"a@b.org,x,\n`, 'no CSV'],
    [`${head}a@b.org,A,nowhere,x,\n`, 'Line 2 of the list has no email address'],
    [`${head}a@b.org,A,"a@b.org, c@d.org",x,\n`, 'no email address'],
    [`${head}a@b.org,A,a@b.org,x,\nA@B.org,B,a@b.org,x,\n`, 'Line 3 of the list has a person who'],
    [`${head}a@b.org,A\u0000,a@b.org,x,\n`, 'not whole'],
    [`${head},A,a@b.org,x,\n`, 'not whole'],
  ])('%j is refused', (text, sentence) => {
    expect(() => readFrame(text, true)).toThrow(sentence)
  })
})

describe('the code of a letter of paper', () => {
  it('is the same for the same person of a draw, another for anybody else, and read as typed', () => {
    const texts = fc.tuple(fc.string(), fc.uuid(), fc.string())
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const code = letterCode(...one)
        expect(letterCode(...one)).toBe(code)
        const isSame = JSON.stringify(one) === JSON.stringify(other)
        expect(letterCode(...other) === code).toBe(isSame)
        const typed = spelled(code).toLowerCase().replaceAll('-', ' ')
        expect(readCode(typed)).toEqual({ kind: 'own', code })
      }),
    )
  })
})

describe('a share by parts of a sample', () => {
  const parts = [
    { stratum: 'young', people: 900 },
    { stratum: 'old', people: 100 },
  ]

  const weightedShare = (counts: readonly StratumCount[]) => {
    const own = partCounts(parts, counts)
    return typeof own === 'string' ? own : publishedShare(told([0.9, 0.1], own))
  }

  it('counts each part by how many people it stands for', () => {
    const share = weightedShare([
      { stratum: 'young', satisfied: 10, answered: 20 },
      { stratum: 'old', satisfied: 20, answered: 20 },
    ])
    // 0.9 of 50% and 0.1 of 100%, where the counts alone say 75%.
    expect(share).toMatchObject({ percent: 55 })
    if (typeof share === 'string') throw new Error(share)
    expect(share.lower95).toBeLessThan(55)
    expect(share.upper95).toBeGreaterThan(55)
  })

  it('is refused with the part of which nobody answered, never silently wrong', () => {
    const share = weightedShare([{ stratum: 'young', satisfied: 10, answered: 20 }])
    expect(share).toBe('nobody of “old” answered, 100 of 1,000 people')
    const strange = [
      { stratum: 'young', satisfied: 1, answered: 2 },
      { stratum: 'old', satisfied: 1, answered: 2 },
      { stratum: 'odd', satisfied: 1, answered: 2 },
    ]
    expect(weightedShare(strange)).toContain('“odd”')
  })
})

const today = new Date().toISOString().slice(0, 10)

describe.each(testDatabases())('inviting a sample on $kind', ({ open }) => {
  let db: Database
  const opened = async (): Promise<Survey> => {
    const id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics', service: 'clinic', providers: ['A', 'B'], invented: true },
        ...{ opens: '2024-01-01', closes: '2024-03-31', role: 'steward' },
      }),
    )
    return (await findSurvey(db, id)) as Survey
  }
  const openedNow = async (): Promise<Survey> => {
    const id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics now', service: 'clinic', providers: ['A'], invented: true },
        ...{ opens: today, closes: today, role: 'steward' },
      }),
    )
    return (await findSurvey(db, id)) as Survey
  }
  const frame = Array.from({ length: 120 }, (_, i) => ({
    ...{
      person: `p${i}`,
      provider: i < 100 ? 'A' : 'B',
      email: '',
      died: i === 0 ? '2023-12-01' : '',
    },
    stratum: i % 4 === 0 ? 'old' : 'young',
  }))
  const options: InviteOptions = {
    ...{ replies: 10, rate: 0.5, months: 6, way: 'letter', day: '2024-02-01', role: 'steward' },
    ...{ seed: 7, personHash: (p) => `hash of ${p}`, codeHash: (c) => `hash of ${c}` },
  }
  const invite = (survey: Survey, more: Partial<InviteOptions> = {}) =>
    db.transaction((tx) => inviteSample(tx, survey, frame, { ...options, ...more }))

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  it('asks as many as should give the replies, of each part, never the dead or who wants peace', async () => {
    await leaveInPeace(db, 'hash of p1')
    const first = await invite(await opened())
    const of = (provider: string) => first.invited.filter((i) => i.provider === provider).length
    expect([of('A'), of('B')]).toEqual([20, 20])
    expect(first.notAsked).toEqual({ died: 1, 'do-not-ask': 1, 'asked-recently': 0 })
    const people = first.invited.map((i) => i.person)
    expect(people).not.toContain('p0')
    expect(people).not.toContain('p1')
    expect(new Set(first.invited.map((i) => i.code)).size).toBe(40)
    const kept = JSON.stringify(await db.query('select * from survey_invitation'))
    // No page or table can tell who was sent which code.
    for (const { person } of first.invited) expect(kept).not.toContain(`"${person}"`)
    const frames = await db.query('select provider, stratum, people, invited from survey_frame')
    expect(frames).toContainEqual({ provider: 'A', stratum: 'old', people: 24, invited: 5 })
  })

  it('leaves who was asked in peace for the stated time, and no longer', async () => {
    const soon = await invite(await opened(), { day: '2024-03-01' })
    expect(soon.notAsked['asked-recently']).toBe(40)
    expect(soon.short.map((s) => s.name)).not.toContain('A')
    // All twenty of B were asked a month before.
    expect(soon.invited.map((i) => i.provider)).not.toContain('B')
    const later = await invite(await opened(), { day: '2024-12-01' })
    expect(later.notAsked['asked-recently']).toBe(0)
  })

  it('draws once for each survey, and refuses a provider that it is not about', async () => {
    const survey = await opened()
    await invite(survey, { day: '2026-01-01' })
    await expect(invite(survey, { day: '2030-01-01' })).rejects.toThrow(
      'invited to this survey already',
    )
    const strange = [{ ...(frame[5] as (typeof frame)[0]), provider: 'Z' }]
    const other = await opened()
    await expect(db.transaction((tx) => inviteSample(tx, other, strange, options))).rejects.toThrow(
      'not about Z',
    )
    expect((await verifyStored(db)).fault).toBeNull()
    const [entry] = await db.query<{ entry: string }>(
      `select entry from record_entry where act = 'survey-invited' order by number limit 1`,
    )
    expect(JSON.parse(entry?.entry ?? '').details).toMatchObject({
      people: 40,
      frame: 120,
      seed: 7,
    })
  })

  it('asks nobody twice whom several programs report at the same time', async () => {
    const survey = await openedNow()
    await db.transaction((tx) =>
      askAfter(tx, survey, { way: 'letter', share: 100, months: 6, role: 'steward', on: today }),
    )
    const scope = { appointments: ['A'] }
    const tokens = await Promise.all(
      ['One', 'Two'].map((name) => makeToken(db, { name, scope, publishes: false })),
    )
    const all = Array.from({ length: 20 }, (_, i) => ({
      ...{ reference: `R${i}`, provider: 'A', person: `seen ${i}`, email: '', died: false },
      seenOn: today,
    }))
    const report = (token: { id: number }, some: typeof all) =>
      db.transaction((tx) => inviteSeen({ tx, token, secret: 'a secret', today }, some))
    // Each sends twice, from either end of its list.
    const told = await Promise.all(
      tokens.flatMap((t) => [report(t, all), report(t, all.toReversed())]),
    )
    const invited = await db.query('select 1 from survey_invitation where survey = $1', [survey.id])
    expect(invited).toHaveLength(20)
    for (const { reference } of all) {
      const answers = told.map(
        (t) => t.reported.find((r) => r.reference === reference)?.answer ?? '',
      )
      const [first, second, ...others] = answers
      // The same program is answered the same; of two programs one invites.
      expect([second, others[1]]).toEqual([first, others[0]])
      expect([first, others[0]].toSorted()).toEqual(['invited', 'not-asked'])
    }
  })

  it('makes letters of paper for those who were drawn alone, named as the list names them', async () => {
    const survey = await opened()
    const people = Array.from({ length: 50 }, (_, i) => `Ada ${i},${i % 2 ? 'A' : 'B'}`)
    const list = readPaperFrame(['person,provider', ...people].join('\n'))
    const code = (person: string): string => letterCode('secret', 'draw', person)
    const { invited } = await db.transaction((tx) =>
      inviteSample(tx, survey, list, { ...options, replies: 4, codeOf: code }),
    )
    const of = { code, hash: options.codeHash, stop: (person: string) => `stop of ${person}` }
    const letters = await paperLetters(db, survey, list, of)
    expect(letters.map((l) => l.code).sort()).toEqual(invited.map((i) => i.code).sort())
    expect(letters).toHaveLength(16)
    for (const { person } of letters) expect(person).toMatch(/^Ada \d+$/)
    expect(letters.map((l) => l.provider)).toEqual([...'AAAAAAAABBBBBBBB'])
    expect(await paperLetters(db, await opened(), list, of)).toEqual([])
    const other = { ...of, code: (person: string) => letterCode('secret', 'another', person) }
    expect(await paperLetters(db, survey, list, other)).toEqual([])
  })
})
