import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { enqueue } from '../jobs/kind.ts'
import { type Jobs, startJobs } from '../jobs/run.ts'
import { JobStore } from '../jobs/store.ts'
import { publicationMade } from '../news/publication-made.ts'
import { withdraw } from '../publishing/publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { standardSchema } from '../standards/standard.ts'
import { tellSubscribers } from '../subscriptions/kinds.ts'
import { webhookJobs } from './jobs.ts'
import { addWebhook, enableWebhook, removeWebhook, webhooks } from './store.ts'
import { type Receiver, receiver } from './testing.ts'

const floor = standardSchema.parse({
  code: 'clinic-floor',
  name: 'Three in five are seen in time',
  kind: 'floor',
  service: 'clinic',
  setBy: 'The Office of Clinics',
  right: 'The Clinics Act gives it the right.',
  checkedBy: 'Nobody',
  indicator: 'seen-in-time',
  side: 'at least',
  threshold: { fixed: 60 },
  from: '2000',
  consequence: 'Nothing follows from it.',
  evidence: 'There is none for it.',
  source: 'Made up',
  review: '2040-12-31',
  steps: [{ state: 'adopted', on: '2001', by: 'The Minister', reason: 'To see what happens.' }],
})
const catalogue: Catalogue = { ...clinics, standards: new Map([[floor.code, floor]]) }
const settings = { address: 'https://open.example', allowPrivate: true }

describe.each(testDatabases())('webhooks on $kind', ({ open }) => {
  let db: Database
  let other: Receiver
  let jobs: Jobs | null = null
  const logged: string[] = []

  beforeAll(async () => {
    db = await prepare(await open())
    other = await receiver()
  })
  afterEach(async () => {
    await jobs?.close()
    jobs = null
    expect(logged).toEqual([])
  })
  afterAll(async () => {
    await other.close()
    await db.close()
  })

  const start = async (): Promise<void> => {
    jobs = await startJobs(db, webhookJobs(db, settings), (text) => logged.push(text))
  }
  const publishYear = (year: number, seen: number) =>
    importAndPublish(
      db,
      catalogue,
      [
        writeFile(
          `clinics-${year}.csv`,
          clinicRows((i, line) =>
            i === 3
              ? `C103,Clinic 3,town,${seen},${seen * 2},200`
              : i === 5
                ? 'C105,Clinic 5,town,SUPP,,20'
                : line,
          ),
        ),
      ],
      { reason: `Of ${year}` },
    )
  /** Waits until something holds, waking the jobs: on a busy machine that takes its time. */
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await holds())) {
      jobs?.wake()
      await wait(50)
    }
  }
  const idle = async (): Promise<boolean> =>
    (await new JobStore(db).counts())
      // Nobody does these here.
      .filter((c) => c.kind !== tellSubscribers.name)
      .every((c) => c.waiting + c.active === 0)
  const told = (from: number) => other.received.slice(from).map((r) => JSON.parse(r.body))

  it('nobody is told of what was published before they asked', async () => {
    await publishYear(2023, 96)
    await addWebhook(db, { address: other.address, events: [] })
    await start()
    await until(idle)
    expect(other.received).toEqual([])
  })

  it('whoever asked for it is told of a publication, each event once, with where to read more', async () => {
    await publishYear(2024, 95)
    await start()
    await until(() => other.received.length === 3)
    await until(idle)
    const events = told(0).sort((a, b) => (a.type < b.type ? -1 : 1))
    expect(events.map((e) => e.type)).toEqual([
      'indicator.changed',
      'judgement.changed',
      'release.published',
    ])
    expect(events[0].data).toMatchObject({
      publication: 2,
      reason: 'Of 2024',
      indicator: { code: 'seen-in-time' },
      periods: ['2024'],
      releases: [2],
      corrected: 0,
    })
    expect(events[2]).toMatchObject({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      data: {
        release: { id: 2, title: 'Made-up clinics', period: '2024', supersedes: null },
        links: {
          api: 'https://open.example/api/v1/releases/2',
          page: 'https://open.example/releases/2',
        },
      },
    })
    expect(await webhooks(db)).toMatchObject([{ delivered: 3, waiting: 0, failures: 0 }])
  })

  it('a correction tells from what to what judgements changed, and of nobody by name or figure', async () => {
    const before = other.received.length
    await publishYear(2024, 20)
    await start()
    await until(() => other.received.length === before + 3)
    const events = told(before)
    expect(events.find((e) => e.type === 'release.corrected').data.release.supersedes).toBe(2)
    expect(events.find((e) => e.type === 'indicator.changed').data.corrected).toBe(1)
    expect(events.find((e) => e.type === 'judgement.changed').data).toMatchObject({
      standard: { code: 'clinic-floor', name: 'Three in five are seen in time' },
      providers: 1,
      changes: [{ before: 'met', after: 'not met', count: 1 }],
    })
    for (const { body } of other.received) expect(body).not.toMatch(/C10\d|Clinic \d|"value"|SUPP/)
  })

  it('being announced again, as after a kill, tells nobody twice', async () => {
    const before = other.received.length
    await db.transaction((tx) =>
      enqueue(tx, publicationMade, { publication: 2 }, { publication: 3 }),
    )
    await start()
    await until(idle)
    expect(other.received.length).toBe(before)
    expect(new Set(other.received.map((r) => r.id)).size).toBe(before)
  })

  it('an act that is not carried out asks for nothing', async () => {
    const failed = db.transaction(async (tx) => {
      await enqueue(tx, publicationMade, { publication: 3 })
      throw new Error('Changed my mind')
    })
    await expect(failed).rejects.toThrow('Changed my mind')
    const [counted] = await new JobStore(db).counts()
    expect(counted).toMatchObject({ kind: 'publication-made', waiting: 0 })
  })

  it('what fails is tried again under the same name, and said, without where it was sent', async () => {
    const before = other.received.length
    other.answer(() => 500)
    await start()
    const { id } = await addWebhook(db, { address: other.address, events: ['release.withdrawn'] })
    await removeWebhook(db, 1)
    await withdraw(db, catalogue, 1, { by: 'a test', reason: 'Taken back' })
    await until(() => other.received.length === before + 1)
    await until(async () => (await new JobStore(db).failures()).length === 1)
    expect(await new JobStore(db).failures()).toMatchObject([
      {
        kind: 'webhook-delivery',
        state: 'retrying',
        tries: 1,
        sentence: `Webhook ${id}: It answered 500.`,
      },
    ])
    expect(await webhooks(db)).toMatchObject([{ id, failures: 1, lastFailure: 'It answered 500.' }])
    other.answer(() => 204)
    // What comes in the moments after a failure waits without being sent: that is no failure, nor a try.
    const left = () =>
      db.query<{ left: number; count: number }>(
        `select retry_limit - retry_count as left, retry_count as count from jobs.job
         where state = 'retry'`,
      )
    const [was] = await left()
    await db.query(`update jobs.job set start_after = now() where state = 'retry'`)
    await until(async () => (await left())[0]?.count === (was?.count ?? 0) + 1)
    expect((await left())[0]?.left).toBe(was?.left)
    expect(await new JobStore(db).failures()).toEqual([])
    const [waiting] = (await new JobStore(db).counts()).filter((c) => c.kind === 'webhook-delivery')
    expect(waiting).toMatchObject({ waiting: 1, retrying: 0 })
    expect(other.received.length).toBe(before + 1)
    await db.query(`update webhook set failed_at = now() - interval '1 minute'`)
    await db.query(`update jobs.job set start_after = now() where state = 'retry'`)
    await until(() => other.received.length === before + 2)
    await until(async () => (await webhooks(db))[0]?.delivered === 1)
    const [first, second] = other.received.slice(before)
    expect(second?.id).toBe(first?.id)
    expect(second?.body).toBe(first?.body)
    expect((await webhooks(db))[0]).toMatchObject({ failures: 0, failingSince: null })
  })

  it('nothing more is sent where nothing has got through for a day, until it is enabled', async () => {
    const [hook] = await webhooks(db)
    const before = other.received.length
    other.answer(() => 503)
    await db.query(
      `update webhook set failures = 9, failing_since = now() - interval '25 hours' where id = $1`,
      [hook?.id],
    )
    await start()
    await withdraw(db, catalogue, 3, { by: 'a test', reason: 'Taken back too' })
    await until(async () => (await webhooks(db))[0]?.disabledAt !== null)
    await until(idle)
    expect(other.received.length).toBe(before + 1)
    other.answer(() => 204)
    await publishYear(2022, 95)
    await until(idle)
    expect(other.received.length).toBe(before + 1)
    expect(await enableWebhook(db, hook?.id ?? 0)).toBe(true)
    await withdraw(db, catalogue, 4, { by: 'a test', reason: 'And again' })
    await until(() => other.received.length === before + 2)
  })

  it('who says that it is gone is asked no more', async () => {
    other.answer(() => 410)
    await start()
    await publishYear(2021, 95)
    await withdraw(db, catalogue, 5, { by: 'a test', reason: 'Once more' })
    await until(async () => (await webhooks(db))[0]?.disabledAt !== null)
    expect((await webhooks(db))[0]?.lastFailure).toBe('It answered 410.')
  })
})
