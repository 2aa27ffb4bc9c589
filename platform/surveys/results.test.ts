import { randomUUID } from 'node:crypto'
import { wilsonInterval } from '@plumbline/statistics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerbs } from '../cli/verbs.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { verifyStored } from '../record/verify.ts'
import { begin, savePage, submit } from './answering.ts'
import { resultsDone } from './by-themselves.ts'
import { hashOf, newOwnCode } from './code.ts'
import { countAnswers } from './count-answers.ts'
import { standard } from './instrument.ts'
import { partReplies } from './response.ts'
import { countSurvey } from './results.ts'
import { surveyDescriptors, surveyIndicators } from './results-descriptor.ts'
import { resultsCsv, resultsOf } from './results-of.ts'
import type { Answers } from './routing.ts'
import { findSurvey, openSurvey, type Survey } from './survey.ts'
import { takeAll } from './testing-answers.ts'

const [service] = clinics.services
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [...clinics.descriptors, ...(service ? surveyDescriptors(service) : [])],
  indicators: new Map([
    ...clinics.indicators,
    ...(service ? surveyIndicators(service).map((i) => [i.code, i] as const) : []),
  ]),
}

describe.each(testDatabases())('the results of a survey on $kind', ({ open }) => {
  let db: Database
  let survey: Survey

  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, catalogue, [writeFile('clinics-2024.csv', clinicRows())])
    const id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics', service: 'clinic', providers: ['C101', 'C102', 'C103'] },
        ...{ opens: '2020-01-01', closes: '2020-06-30', invented: false, role: 'steward' },
      }),
    )
    survey = (await findSurvey(db, id)) as Survey
    // Of 20 who were invited to the first, 14 find it good; of 30 who came to it by themselves, 9.
    for (let i = 0; i < 20; i++) await sampled('C101', { overall: i < 14 ? '4' : '2', ease: 'na' })
    for (let i = 0; i < 30; i++) await came('C101', { overall: i < 9 ? '5' : '1' })
    // Of the second 3 of 20 do, which is too few to show.
    for (let i = 0; i < 20; i++) await sampled('C102', { overall: i < 3 ? '5' : '3' })
    // Of 24 at the third, 2 say that being told what they need does not apply to them.
    for (let i = 0; i < 24; i++) {
      const said = i % 2 === 0 ? '4' : '2'
      await sampled('C103', { overall: said, dignity: said, information: i < 2 ? 'na' : said })
    }
  })
  afterAll(() => db.close())

  const came = (provider: string, answers: Answers) =>
    takeAll(db, standard, {
      ...{ id: randomUUID(), survey: survey.id, provider, way: 'link', language: 'en', answers },
    })

  async function sampled(
    provider: string,
    answers: Answers,
    { to = survey.id, way = 'letter' }: { to?: number; way?: 'letter' | 'appointment' } = {},
  ): Promise<void> {
    const hash = hashOf('a secret', newOwnCode())
    const [made] = await db.query<{ id: string }>(
      `insert into survey_invitation (survey, provider, code_hash, way)
       values ($1, $2, $3, $4) returning id`,
      [to, provider, hash, way],
    )
    const of = { way, language: 'en', invitation: made?.id ?? '' } as const
    await begin(db, { survey: to, provider, ...of, hash })
    await savePage(db, hash, { answers, empty: [], language: 'en' })
    expect(await submit(db, hash, standard)).toBe('sent')
  }

  async function run(...words: string[]): Promise<{ exit: number; said: string }> {
    const said: string[] = []
    const emit = (event: ProgressEvent): void => {
      if (event.kind === 'line') said.push(event.text)
    }
    const verb = makeVerbs(catalogue).get('surveys')
    const { signal } = new AbortController()
    const exit = (await verb?.(words, { db, cwd: '/tmp' }, emit, signal)) ?? -1
    return { exit, said: said.join('\n') }
  }

  it('are counted by provider and part, a sample apart from who came by themselves', async () => {
    const { results } = await resultsOf(await countAnswers(db, survey), [])
    expect(results).toContainEqual({
      ...{ percent: 70, lower95: 48.1027, upper95: 85.4523 },
      ...{ provider: 'C101', who: 'sample', part: 'overall', satisfied: 14, answered: 20 },
      ...{ weighted: false, worth: null },
    })
    expect(results).toContainEqual({
      ...{ percent: 30, lower95: 16.6647, upper95: 47.8758 },
      ...{ provider: 'C101', who: 'open', part: 'overall', satisfied: 9, answered: 30 },
      ...{ weighted: false, worth: null },
    })
    // "It does not apply to me" is an answer, and no figure.
    expect(results.map((r) => r.part)).not.toContain('ease')
    expect(resultsCsv([{ ...results[0], provider: 'a,"b' } as (typeof results)[0]])).toContain(
      '"a,""b",sample,overall,70,48.1027,85.4523,14,20',
    )
  })

  it('become a release with limits, hidden where they are few, and an entry on the record', async () => {
    expect((await run()).said).toContain('Our clinics, clinic, 2020-01-01 to 2020-06-30, ended')
    expect((await run('results', String(survey.id))).said).toContain(
      'C101,open,overall,30,16.6647,47.8758,9,30',
    )
    const done = await run('publish', String(survey.id), '--reason', 'The spring of 2020')
    expect(done, done.said).toMatchObject({ exit: 0 })
    const reader = makeReader(db, catalogue)
    const state = await reader.state()
    const figure = async (code: string, indicator: string) =>
      (await reader.subject(state, code))?.series
        .find((s) => s.indicator === indicator)
        ?.figures.at(-1)
    const first = await figure('C101', 'survey-clinic-overall')
    const limits = wilsonInterval(14, 20)
    expect(first).toMatchObject({ period: '2020-06', value: 70, numerator: 14, denominator: 20 })
    expect(first?.limits?.lower95).toBeCloseTo(100 * limits.lower, 3)
    expect(first?.limits?.upper95).toBeCloseTo(100 * limits.upper, 3)
    expect(await figure('C101', 'survey-clinic-overall-open')).toMatchObject({ value: 30 })
    expect(await figure('C102', 'survey-clinic-overall')).toMatchObject({ status: 'suppressed' })
    expect(JSON.stringify(await reader.subject(state, 'C102'))).not.toContain('"value":15,')
    expect((await verifyStored(db)).fault).toBeNull()
    const acts = await db.query<{ act: string }>(
      'select act from record_entry order by number desc limit 2',
    )
    expect(acts.map((a) => a.act).toSorted()).toEqual(['release-published', 'survey-counted'])
  })

  it('do not tell an outsider how few left a question out', async () => {
    const reader = makeReader(db, catalogue)
    const { series = [] } = (await reader.subject(await reader.state(), 'C103')) ?? {}
    const bases = Object.fromEntries(
      series.flatMap(({ indicator, figures }) => {
        const last = figures.at(-1)
        return indicator.startsWith('survey-') ? [[indicator, last?.denominator]] : []
      }),
    )
    expect(bases).toEqual({
      'survey-clinic-overall': 24,
      'survey-clinic-dignity': 24,
      'survey-clinic-information': null,
    })
    // Neither the record nor its checksums tell how many answered, or what is hidden.
    const entries = await db.query<{ entry: string }>(
      `select entry from record_entry where act = 'survey-counted'`,
    )
    expect(entries.map((e) => JSON.parse(e.entry).details)).toMatchObject([
      { sampled: 60, open: 30, rounded: 5 },
    ])
    expect(JSON.stringify(entries.map((e) => JSON.parse(e.entry).details))).not.toMatch(
      /[0-9a-f]{64}/,
    )
  })

  it('are nothing new when they are published again', async () => {
    const again = await run('publish', String(survey.id))
    expect(again).toMatchObject({ exit: 0 })
    expect(again.said).toContain('nothing new')
  })

  it('are published by themselves, once, where that was ordered and it has ended', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const of = { service: 'clinic', providers: ['C101'], opens: '2020-07-01', invented: false }
    const [ended, later, silent] = await db.transaction(async (tx) => [
      await openSurvey(tx, { ...of, title: 'By itself', closes: '2020-08-31', role: 'steward' }),
      await openSurvey(tx, { ...of, title: 'Later', opens: soon, closes: soon, role: 'steward' }),
      await openSurvey(tx, { ...of, title: 'Silent', closes: '2020-07-31', role: 'steward' }),
    ])
    for (let i = 0; i < 30; i++) {
      const answers = { overall: i < 12 ? '5' : '1' }
      const own = { id: randomUUID(), survey: ended, provider: 'C101' }
      await takeAll(db, standard, { ...own, way: 'link', language: 'en', answers })
    }
    expect((await run('publish', 'due')).said).toBe(
      'No survey has ended whose results are ordered.',
    )
    expect(await run('order', String(ended))).toMatchObject({ exit: 2 })
    const order = (id: number, ...more: string[]) =>
      run('order', String(id), '--reason', 'So that all see them', ...more)
    for (const id of [ended, later, silent]) expect(await order(id)).toMatchObject({ exit: 0 })
    expect((await order(ended)).said).toBe('It is so already.')
    await order(ended, '--off')
    await order(ended)
    const done = await run('publish', 'due')
    // One that cannot be published holds up none of the others, and says why.
    expect(done.exit, done.said).toBe(2)
    expect(done.said).toContain('Silent: Nobody has answered this survey.')
    expect(done.said).toContain('By itself.')
    expect(await resultsDone(db, silent)).toMatchObject({ problem: expect.any(String) })
    expect(await resultsDone(db, ended)).toMatchObject({ problem: null })
    expect(await resultsDone(db, later)).toBeNull()
    const reader = makeReader(db, catalogue)
    const { series = [] } = (await reader.subject(await reader.state(), 'C101')) ?? {}
    const own = series.find((s) => s.indicator === 'survey-clinic-overall-open')
    expect(own?.figures.at(-1)).toMatchObject({ period: '2020-08', value: 40 })
    expect((await order(ended, '--off')).said).toBe('It has been done already.')
    // Nobody tries it again without being told to; ordered anew it is.
    const again = await run('publish', 'due')
    expect(again).toMatchObject({ exit: 0 })
    expect(again.said).toContain('No survey has ended')
    const one = { id: randomUUID(), survey: silent, provider: 'C101', way: 'link' } as const
    await takeAll(db, standard, { ...one, language: 'en', answers: { overall: '5' } })
    expect(await order(silent)).toMatchObject({ exit: 0 })
    expect(await resultsDone(db, silent)).toBeNull()
    expect(await run('publish', 'due')).toMatchObject({ exit: 0 })
    expect(await resultsDone(db, silent)).toMatchObject({ problem: null })
    expect((await order(silent)).said).toBe('It has been done already.')
    const acts = await db.query<{ role: string }>(
      `select entry::json -> 'by' ->> 'role' as role from record_entry
       where act = 'survey-counted' order by number desc limit 1`,
    )
    expect(acts).toEqual([{ role: 'order of an operator' }])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('keep those who were asked after an appointment apart from all others, and compare them with none', async () => {
    const of = { service: 'clinic', invented: false, role: 'steward', opens: '2021-01-01' }
    const after = await db.transaction((tx) =>
      openSurvey(tx, { ...of, title: 'After', providers: ['C101'], closes: '2021-01-31' }),
    )
    await db.query(
      `insert into survey_after (survey, way, share, months, seed, entry)
       select id, 'letter', 50, 6, 'a seed', entry from survey where id = $1`,
      [after],
    )
    for (let i = 0; i < 20; i++) {
      const answers = { overall: i < 14 ? '5' : '1' }
      await sampled('C101', answers, { to: after, way: 'appointment' })
      await sampled('C101', { overall: i < 10 ? '5' : '1' }, { to: after })
    }
    const counted = await countAnswers(db, (await findSurvey(db, after)) as Survey)
    expect(counted.map((c) => [c.who, c.satisfied, c.answered])).toEqual([
      ['sample', 10, 20],
      ['appointment', 14, 20],
    ])
    expect(await partReplies(db, after)).toEqual([])
    const done = await run('publish', String(after))
    expect(done, done.said).toMatchObject({ exit: 0 })
    const reader = makeReader(db, catalogue)
    const state = await reader.state()
    const { series = [] } = (await reader.subject(state, 'C101')) ?? {}
    const value = (indicator: string) =>
      series.find((s) => s.indicator === indicator)?.figures.find((f) => f.period === '2021-01')
    expect(value('survey-clinic-overall')).toMatchObject({ value: 50, denominator: 20 })
    const own = value('survey-clinic-overall-appointment')
    expect(own).toMatchObject({ value: 70, denominator: 20, comparisons: [] })
    expect(own?.limits?.lower95).toBeCloseTo(100 * wilsonInterval(14, 20).lower, 3)
    const [entry] = await db.query<{ details: object }>(
      `select entry::json -> 'details' as details from record_entry
       where act = 'survey-counted' order by number desc limit 1`,
    )
    expect(entry?.details).toMatchObject({ sampled: 20, appointment: 20, open: null })
  })

  it('never take the place of figures of another survey of the same month', async () => {
    const of = { service: 'clinic', invented: false, role: 'steward', opens: '2020-09-01' }
    const [first, second, apart, next] = await db.transaction(async (tx) => [
      await openSurvey(tx, { ...of, title: 'First', providers: ['C101'], closes: '2020-09-10' }),
      await openSurvey(tx, { ...of, title: 'Second', providers: ['C101'], closes: '2020-09-30' }),
      await openSurvey(tx, { ...of, title: 'Apart', providers: ['C102'], closes: '2020-09-30' }),
      await openSurvey(tx, { ...of, title: 'Next', providers: ['C101'], closes: '2020-10-01' }),
    ])
    const answered = async (id: number, provider: string, people: number, good: number) => {
      for (let i = 0; i < people; i++) {
        const own = { id: randomUUID(), survey: id, provider }
        const answers = { overall: i < good ? '5' : '1' }
        await takeAll(db, standard, { ...own, way: 'link', language: 'en', answers })
      }
    }
    await answered(first, 'C101', 30, 12)
    await answered(second, 'C101', 6, 6)
    await answered(apart, 'C102', 20, 10)
    await answered(next, 'C101', 20, 10)
    // Counted, and not handed in yet: the other must not slip in between.
    const survey = (await findSurvey(db, first)) as Survey
    const how = { role: 'steward', day: '2020-12-01', leaveOut: false }
    await db.transaction((tx) => countSurvey(tx, survey, how))
    expect(await run('publish', String(second))).toMatchObject({ exit: 2 })
    expect(await run('publish', String(first))).toMatchObject({ exit: 0 })
    const refused = await run('publish', String(second))
    expect(refused.exit).toBe(2)
    expect(refused.said).toContain(`survey ${first}, “First”`)
    expect(refused.said).toContain('C101')
    const figure = async () => {
      const reader = makeReader(db, catalogue)
      const { series = [] } = (await reader.subject(await reader.state(), 'C101')) ?? {}
      const own = series.find((s) => s.indicator === 'survey-clinic-overall-open')
      return own?.figures.find((f) => f.period === '2020-09')
    }
    expect(await figure()).toMatchObject({ value: 40, denominator: 30 })
    // Of another provider, or another month, or the same survey again: nobody's place is taken.
    for (const id of [apart, next, first]) {
      expect(await run('publish', String(id))).toMatchObject({ exit: 0 })
    }
    // Where the first was withdrawn, the second may be counted.
    const [{ id: release = 0 } = {}] = await db.query<{ id: number }>(
      'select id from release where part = $1',
      [`s${first}`],
    )
    const withdraw = makeVerbs(catalogue).get('withdraw')
    const { signal } = new AbortController()
    const words = [String(release), '--reason=It asked the wrong question']
    expect(await withdraw?.(words, { db, cwd: '/tmp' }, () => undefined, signal)).toBe(0)
    expect(await run('publish', String(second))).toMatchObject({ exit: 0 })
    expect(await figure()).toMatchObject({ value: 100, denominator: 6 })
  })

  it('are not published while it is open, and of no survey that is nowhere', async () => {
    const later = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Still open', service: 'clinic', providers: ['C101'], opens: '2020-01-01' },
        ...{ opens: later, closes: later, invented: false, role: 'steward' },
      }),
    )
    expect(await run('publish', String(id))).toMatchObject({ exit: 2 })
    expect(await run('publish', '999')).toMatchObject({ exit: 3 })
    expect(await run('publish')).toMatchObject({ exit: 3 })
    expect(await run('publish', '1e3')).toMatchObject({ exit: 3 })
  })
})
