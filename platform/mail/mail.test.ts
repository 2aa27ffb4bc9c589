import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { JobFailed } from '../jobs/kind.ts'
import { type Jobs, startJobs } from '../jobs/run.ts'
import { Carrier } from './carrier.ts'
import { askForWaiting, letterJobs } from './jobs.ts'
import { sendDigest, sendLetter } from './kinds.ts'
import { post, WrongLetter } from './post.ts'
import { unsentLetters } from './store.ts'
import { postOffice } from './testing.ts'

const letter = { to: 'ada@example.org', subject: 'Zoë’s code', body: 'Your code is 1234 5678.' }

describe.each(testDatabases())('letters on $kind', ({ open }) => {
  let db: Database
  let office: Awaited<ReturnType<typeof postOffice>>
  let carrier: Carrier
  const carry = (): Carrier =>
    new Carrier(db, { url: office.url, from: 'Plumbline <p@example.org>', host: 'example.org' })
  /** Sends all that waits, as the jobs do; gives what is to be tried again. */
  async function sendAll(by = carrier): Promise<string[]> {
    const all = await db.query<{ id: string }>('select id from letter order by posted_at, id')
    const failed: string[] = []
    for (const { id } of all) {
      await by.send(id).catch((error: unknown) => {
        if (!(error instanceof JobFailed)) throw error
        failed.push(error.message)
      })
    }
    return failed
  }
  const jobsAsked = () =>
    db.query<{ name: string; letter: string }>(
      `select name, data ->> 'letter' as letter from jobs.job order by created_on`,
    )
  const states = () =>
    db.query<{ body: string | null; sent: boolean; up: boolean; tries: number; error: string }>(
      `select body, sent_at is not null as sent, given_up_at is not null as up, tries,
        last_error as error from letter order by posted_at, id`,
    )

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query('delete from letter')
    await db.query('delete from jobs.job')
    office = await postOffice()
    carrier = carry()
    return async () => {
      carrier.close()
      await office.close()
    }
  })

  it('are sent once, with a number of their own, and their words forgotten', async () => {
    await db.transaction((tx) => post(tx, letter))
    await sendAll()
    await sendAll()
    expect(office.got).toHaveLength(1)
    expect(office.got[0]).toMatch(/^Message-ID: <[0-9a-f-]{36}@example\.org>\r$/m)
    expect(office.got[0]).toContain('Your code is 1234 5678.')
    expect(await states()).toEqual([{ body: null, sent: true, up: false, tries: 1, error: null }])
  })

  it('are sent only if the act was done', async () => {
    const failed = db.transaction(async (tx) => {
      await post(tx, letter)
      throw new Error('the act failed')
    })
    await expect(failed).rejects.toThrow('the act failed')
    await sendAll()
    expect(office.got).toEqual([])
    expect(await jobsAsked()).toEqual([])
  })

  it('are sent once by two carriers at work', async () => {
    const other = carry()
    for (let i = 0; i < 20; i++) await db.transaction((tx) => post(tx, letter))
    const [some, rest] = await Promise.all([sendAll(), sendAll(other)])
    other.close()
    // Whoever came to a letter while the other had it tries again later.
    expect(new Set([...some, ...rest]).size).toBeLessThanOrEqual(1)
    const ids = office.got.map((text) => /^Message-ID: (.*)\r$/m.exec(text)?.[1])
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })

  it('wait after a passing refusal, keep their number, and say nothing personal', async () => {
    await db.transaction((tx) => post(tx, letter))
    office.refuse(451, 'come back later,')
    const [said] = await sendAll()
    expect(said).toMatch(/^The mail server could not take a letter \(E[A-Z]+ 451\)\.$/)
    const [state] = await states()
    expect(state).toMatchObject({ sent: false, up: false, tries: 1, body: letter.body })
    expect(state?.error).toMatch(/^E[A-Z]+ 451$/)
    office.accept()
    // What another process has claimed is left to it.
    await db.query(`update letter set next_try_at = now() + interval '1 minute'`)
    expect(await sendAll()).toEqual(['Another process is sending this letter.'])
    expect(office.got).toEqual([])
    await db.query('update letter set next_try_at = now()')
    expect(await sendAll()).toEqual([])
    expect(office.got).toHaveLength(1)
    expect(office.got[0]).toContain(
      (await db.query<{ id: string }>('select id from letter'))[0]?.id,
    )
  })

  it('are given up where the address is refused for good, or their time is over', async () => {
    await db.transaction((tx) => post(tx, letter))
    office.refuse(550, 'no such person:')
    expect(await sendAll()).toEqual([])
    await db.transaction((tx) => post(tx, { ...letter, useful: -1 }))
    office.accept()
    await db.query('update letter set next_try_at = now()')
    expect(await sendAll()).toEqual([])
    expect(office.got).toEqual([])
    expect((await states()).map((s) => s.up)).toEqual([true, true])
    expect(JSON.stringify(await states())).not.toContain(letter.to)
  })

  it.each([
    ['greeting', 554, false],
    ['sender', 550, false],
    ['address', 450, false],
    ['address', 550, true],
    ['words', 554, true],
    ['words', 451, false],
  ] as const)('refused at the %s with %i are given up: %s', async (at, code, isFinal) => {
    await db.transaction((tx) => post(tx, letter))
    office.refuse(code, 'no:', at)
    expect(await sendAll()).toHaveLength(isFinal ? 0 : 1)
    expect(await states()).toMatchObject([{ sent: false, up: isFinal }])
    office.accept()
    await db.query('update letter set next_try_at = now()')
    expect(await sendAll()).toEqual([])
    expect(office.got).toHaveLength(isFinal ? 0 : 1)
  })

  it.each([
    { to: 'ada@example.org\r\nBcc: all@example.org' },
    { to: 'ada@example.org, all@example.org' },
    { to: 'ada@example.org>, <all@example.org' },
    { subject: 'a\nBcc: all@example.org' },
    { headers: { 'X-A': 'b\r\nBcc: all@example.org' } },
  ])('cannot be made to hold a second address: %j', async (hostile) => {
    const posted = db.transaction((tx) => post(tx, { ...letter, ...hostile }))
    await expect(posted).rejects.toThrow(WrongLetter)
    expect(await states()).toEqual([])
  })

  it('can be read where none is sent', async () => {
    await db.transaction((tx) => post(tx, letter))
    expect(await unsentLetters(db)).toMatchObject([
      { address: letter.to, subject: letter.subject, body: letter.body },
    ])
  })
  it('are asked for as jobs, each once; those that somebody waits for apart from the others', async () => {
    await db.transaction((tx) => post(tx, letter))
    await db.transaction((tx) => post(tx, { ...letter, isDigest: true }))
    const [one, two] = await jobsAsked()
    expect([one?.name, two?.name]).toEqual([sendLetter.name, sendDigest.name])
    await askForWaiting(db)
    expect(await jobsAsked()).toHaveLength(2)
    // As an earlier version of the program left them.
    await db.query('delete from jobs.job')
    await askForWaiting(db)
    const asked = new Map((await jobsAsked()).map((j) => [j.letter, j.name]))
    // Each as what it was: nothing urgent stands behind digests.
    expect([one, two].map((j) => asked.get(j?.letter ?? ''))).toEqual([
      sendLetter.name,
      sendDigest.name,
    ])
    expect(asked.size).toBe(2)
  })

  it('are sent by a server at work, soon after it is woken', async () => {
    const jobs: Jobs = await startJobs(db, letterJobs(carrier), (text) => {
      throw new Error(text)
    })
    const sent = office.next()
    await db.transaction((tx) => post(tx, letter))
    jobs.wake(sendLetter)
    expect(await sent).toContain('Your code is 1234 5678.')
    await jobs.close()
    expect(await states()).toMatchObject([{ sent: true, tries: 1 }])
  })
})
