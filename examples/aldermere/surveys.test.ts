import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyStored } from '../../platform/record/verify.ts'
import { mattersOf } from '../../platform/surveys/matters.ts'
import { partReplies, responseOf } from '../../platform/surveys/response.ts'
import { listSurveys, stateOn } from '../../platform/surveys/survey.ts'
import { themeCounts, unreadCounts } from '../../platform/surveys/themes.ts'
import { weeklyOf } from '../../platform/surveys/weekly.ts'
import { buildServer } from '../../platform/web/server.ts'
import { reportsSeen } from './survey-after.ts'
import { quicker, slower, withPosters } from './surveys.ts'
import { openAldermere } from './testing.ts'

describe('what people of the example area answer', () => {
  let opened: Awaited<ReturnType<typeof openAldermere>>
  let app: FastifyInstance
  beforeAll(async () => {
    opened = await openAldermere()
    app = await buildServer({
      ...{ reader: opened.reader, logLevel: 'silent', example: 'invented' },
      ready: async () => true,
    })
  })
  afterAll(async () => {
    await app.close()
    await opened.db.close()
  })

  it('goes over two years, and one survey is open now', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const all = await listSurveys(opened.db)
    expect(all.map((s) => [s.service, stateOn(s, day)])).toEqual([
      ['general-practice', 'open'],
      ['primary-school', 'ended'],
      ['general-practice', 'ended'],
      ['general-practice', 'ended'],
    ])
    expect(all.every((s) => s.invented)).toBe(true)
    const [late] = await opened.db.query<{ n: number }>(
      'select count(*)::int as n from survey_response where submitted_at > now()',
    )
    expect(late?.n).toBe(0)
    expect((await verifyStored(opened.db)).fault).toBeNull()
  })

  it('is told over the API: what is asked, when, by which ways; how many answered once it has ended', async () => {
    const { data } = (await app.inject('/api/v1/surveys?sort=opens')).json()
    expect(data.map((s: { ways: string[] }) => s.ways)).toEqual([
      ...[
        ['poster', 'email'],
        ['poster', 'appointment', 'email'],
        ['poster', 'letter'],
        ['poster', 'appointment'],
      ],
    ])
    for (const s of data.slice(0, 3)) {
      expect(s.sampled % 5).toBe(0)
      expect(s.sampled).toBeGreaterThan(100)
      expect(s.sampled).toBeLessThan(s.invited)
    }
    expect(data[3]).toMatchObject({ sampled: null, open: null, invited: 0, page: '/surveys' })
    const asked = data[0].questions.find((q: { part: string }) => q.part === 'dignity')
    expect(asked.words.cy).not.toBe(asked.words.en)
    // From a survey to its figures.
    const ended = data.find((s: { release: number | null }) => s.release !== null)
    const release = (await app.inject(`/api/v1/releases/${ended.release}`)).json().data
    expect(release).toMatchObject({ part: `s${ended.id}`, status: 'published' })
    expect(release.indicators.length).toBeGreaterThan(0)
    expect(data.at(-1).release).toBeNull()
    expect((await app.inject('/api/v1/surveys/999')).statusCode).toBe(404)
    expect((await app.inject('/api/v1/surveys?service=nope')).statusCode).toBe(400)
  })

  it('comes to figures with limits on the pages of practices and schools, and on their cards', async () => {
    const { reader } = opened
    const state = await reader.state()
    for (const [service, count] of [
      ['general-practice', 40],
      ['primary-school', 90],
    ] as const) {
      const code = `survey-${service}-overall`
      const page = await reader.indicatorPage(state, code, { size: 200 })
      expect(page?.rows).toHaveLength(count)
      const known = page?.rows.filter((r) => r.status === 'value') ?? []
      expect(known.length).toBeGreaterThan(count / 2)
      for (const r of known) expect(r.limits?.lower95).toBeLessThan(r.limits?.upper95 ?? 0)
      expect(new Set(known.map((r) => Math.sign(r.direction ?? 0)))).toEqual(new Set([-1, 0, 1]))
      const one = known[0]?.code
      const { series } = (await app.inject(`/providers/${one}.json`)).json()
      const own = series.find((s: { indicator: string }) => s.indicator === code)
      expect(own.figures).toHaveLength(service === 'general-practice' ? 2 : 1)
      const body = (await app.inject(`/providers/${one}/card`)).body
      expect(body).toMatch(/People asked who find it good overall[^]*?\d+% \(\d+ to \d+\)/)
    }
  })

  it('keeps those who came by a poster apart, and calls nobody better by them', async () => {
    const { reader } = opened
    const code = 'survey-general-practice-overall-open'
    const page = await reader.indicatorPage(await reader.state(), code, { size: 100 })
    expect(page?.rows.map((r) => r.code).toSorted()).toEqual([...withPosters])
    expect(page?.summary.whole).toBeNull()
    expect(page?.rows.map((r) => r.direction)).toEqual(withPosters.map(() => null))
    const { series } = (await app.inject(`/providers/${withPosters[0]}.json`)).json()
    const own = series.filter((s: { indicator: string }) => s.indicator.endsWith('-open'))
    expect(own).toHaveLength(8)
    expect(
      own.flatMap((s: { figures: { comparisons: [] }[] }) => s.figures).length,
    ).toBeGreaterThan(8)
    for (const { figures } of own)
      for (const { comparisons } of figures) expect(comparisons).toEqual([])
    // They do not lead: the words that sum a provider up name none of them, and the table says why.
    const { body } = await app.inject(`/providers/${withPosters[0]}`)
    const short = /<section class="pl-short"[^]*?<\/section>/.exec(body)?.[0] ?? ''
    expect(short).toContain('things better than')
    expect(short).not.toContain('Answered by themselves')
    expect(body).toMatch(
      /Answered by themselves: find it good overall[^]*?Not compared: people chose to answer/,
    )
    const asked = (await app.inject(`/indicators/${code}`)).body
    expect(asked).toContain('Whoever wanted to could answer')
    expect(asked).not.toMatch(/pl-word--(neutral|better|worse)/)
    const two = `/compare?providers=${withPosters[0]},${withPosters[1]}`
    expect((await app.inject(two)).body).not.toMatch(/(is|are) (much )?(higher|lower) than/)
  })

  it('has fewer of the young among those who answered, and says so', async () => {
    const first = (await listSurveys(opened.db)).at(-1)?.id ?? 0
    const found = responseOf(await partReplies(opened.db, first))
    expect(found?.missing).toMatch(
      /^Too few answers from: under 65 \(part of the sample\), \d+% of the answers and 7\d% of the people\.$/,
    )
    // Each part is asked in proportion: the weights are almost alike.
    expect(found?.weighted).toBeCloseTo(found?.plain ?? 0, 2)
  })

  it('is put under themes with counts, and the words are not public', async () => {
    const all = await listSurveys(opened.db)
    const read = await themeCounts(opened.db, all.at(-1)?.id ?? 0)
    expect(read.find((t) => t.theme === 'waiting')?.n).toBeGreaterThan(4)
    expect(read.filter((t) => t.n !== null && t.n < 5)).toEqual([])
    const unread = await unreadCounts(opened.db)
    expect(unread.map((u) => u.survey)).toEqual([all[0]?.id])
  })

  it('keeps those who were asked after an appointment apart too, at the practice that reports them', async () => {
    const { reader, db } = opened
    const code = 'survey-general-practice-overall-appointment'
    const page = await reader.indicatorPage(await reader.state(), code, { size: 100 })
    expect(page?.rows.map((r) => [r.code, r.status, r.direction])).toEqual([
      [reportsSeen, 'value', null],
    ])
    const { body } = await app.inject(`/providers/${reportsSeen}`)
    expect(body).toMatch(
      /Asked after an appointment: find it good overall[^]*?Not compared: the service says who/,
    )
    expect((await app.inject(`/indicators/${code}`)).body).toContain(
      'nobody knows whom it left out',
    )
    const weeks = (await weeklyOf(db, reportsSeen)).find((w) => w.who === 'appointment')
    expect(weeks?.weeks.length).toBeGreaterThan(20)
  })

  it('tells the team of a practice what matters most', async () => {
    for (const { analysis, rows, gap } of await mattersOf(opened.db, slower)) {
      if (typeof analysis === 'string') throw new Error(analysis)
      expect(rows).toBeGreaterThan(50)
      expect(gap).not.toBeNull()
      const time = analysis.drivers.find((d) => d.name === 'timeliness')
      expect(time?.priority).toBe('improve first')
    }
    // Nobody came by a poster: those who were invited alone.
    expect((await mattersOf(opened.db, 'ALDG20')).map((m) => m.who)).toEqual(['sample'])
  })

  it('gives the teams of some practices two years of weeks, and shows what changed', async () => {
    const time = async (provider: string) =>
      (await weeklyOf(opened.db, provider)).find((w) => w.part === 'timeliness' && w.who === 'open')
    const [worse, better] = await Promise.all([time(slower), time(quicker)])
    expect(worse?.weeks.length).toBeGreaterThan(80)
    expect(worse?.chart?.variation).toBe('concern')
    expect(better?.chart?.variation).toBe('improvement')
  })
})
