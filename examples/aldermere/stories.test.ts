import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unsentLetters } from '../../platform/mail/store.ts'
import { noticeNames } from '../../platform/stories/notice.ts'
import { publishStories } from '../../platform/stories/release.ts'
import { calledNow } from '../../platform/web/pages/stories/called.ts'
import { buildServer } from '../../platform/web/server.ts'
import { mergedCode, successorCode } from './merged.ts'
import { storyCount } from './stories.ts'
import { openAldermere } from './testing.ts'

describe('what people of the example area tell', () => {
  let opened: Awaited<ReturnType<typeof openAldermere>>
  let app: FastifyInstance
  let most: string
  beforeAll(async () => {
    opened = await openAldermere()
    const { reader } = opened
    app = await buildServer({
      ...{ reader, logLevel: 'silent', example: 'invented' },
      ready: async () => true,
    })
    const [row] = await opened.db.query<{ provider: string }>(
      `select provider from story group by provider order by count(*) desc, provider limit 1`,
    )
    most = row?.provider ?? ''
  })
  afterAll(async () => {
    await app.close()
    await opened.db.close()
  })

  it('goes over two years and all its services, with all that may become of a story', async () => {
    const { reader, db } = opened
    const state = await reader.state()
    const { published, replied, changed } = await reader.stories.counts(state, {})
    expect(published).toBeGreaterThan(storyCount - 8)
    expect(replied).toBeGreaterThan(published / 2)
    expect(changed).toBeGreaterThan(3)
    expect(changed).toBeLessThan(replied / 3)
    const acts = await db.query<{ act: string }>('select distinct act from story_act order by act')
    expect(acts.map((a) => a.act)).toEqual(
      ['appealed', 'change-dropped', 'change-made', 'claim-read', 'helped', 'hidden'].concat([
        ...['published', 'replied', 'reply-set-aside', 'told'],
      ]),
    )
    for (const { code } of reader.services(state)) {
      expect((await reader.stories.counts(state, { service: code })).published).toBeGreaterThan(3)
    }
    expect(await unsentLetters(db)).toEqual([])
  })

  it('comes to figures with intervals on the page of a provider and its card', async () => {
    const { body } = await app.inject(`/providers/${most}`)
    expect(body).toContain('What people tell')
    // A phone's page is long: its beginning leads to them.
    expect(body).toContain('href="#stories">What people tell of it')
    expect(body).toContain('id="stories"')
    expect(body).toContain('Stories replied to in time')
    expect(body).toMatch(/have a reply, and \d+ changed something/)
    const { series } = (await app.inject(`/providers/${most}.json`)).json()
    const own = series.find((s: { indicator: string }) => s.indicator.startsWith('stories-replied'))
    const figure = own.figures[0]
    expect(figure.limits.method).toBe('wilson')
    expect(figure.limits.lower95).toBeLessThan(figure.limits.upper95)
    expect(figure.numerator).toBeLessThanOrEqual(figure.denominator)
    const card = (await app.inject(`/providers/${most}/card`)).body
    expect(card).toContain('What people tell')
    expect(card).toMatch(/Stories replied to in time[^<]*<[^]*?\d+% \(\d+ to \d+\)/)
  })

  it('is said by each in their own words, and each reason is true of its story', async () => {
    const { db } = opened
    const most = await db.query<{ text: string; n: number }>(
      `select text, count(*)::int as n from (
         select happened as text from story_words
         union all select text from story_said
         union all select change from story_said where change is not null) all_of
       group by text having count(*) > 2`,
    )
    expect(most).toEqual([])
    const refused = await db.query<{ why: string; rule: string; happened: string }>(
      `select d.text as why, a.rule, w.happened from story_act a join story_said d using (entry)
       join story_words w on w.story = a.story where a.act = 'hidden'`,
    )
    expect(refused.length).toBeGreaterThan(0)
    for (const { rule, happened, why } of refused) {
      expect([rule, why]).toEqual(['person', expect.stringContaining('It names somebody')])
      expect(noticeNames(happened).map((n) => n.what)).toEqual(['name'])
    }
  })

  it('is no silence where nobody told a story in a year: none is none', async () => {
    const { reader, db } = opened
    const state = await reader.state()
    const all = await reader.desk.all(state, new Date().toISOString().slice(0, 10))
    expect(all.length).toBeGreaterThan(0)
    const silent = all.filter((s) => s.key.startsWith('silent-provider') && /stories/.test(s.key))
    expect(silent.map((s) => s.key)).toEqual([])
    const year = new Date().getUTCFullYear()
    const [one] = await db.query<{ provider: string }>(
      `select provider from story group by provider
       having max(month) < $1 and bool_and(service <> '') order by provider limit 1`,
      [`${year}`],
    )
    expect(one).toBeDefined()
    const { body } = await app.inject(`/providers/${one?.provider}`)
    expect(body).toContain(`nobody told a story, ${year}`)
  })

  it('is held against what everyone may expect, where enough have told', async () => {
    const { reader } = opened
    const state = await reader.state()
    const all = await reader.standards.all(state)
    const own = [...all.values()].filter((s) => s.standard.code.startsWith('stories-reply-'))
    expect(own.map((s) => s.standard.service).sort()).toEqual(
      reader
        .services(state)
        .map((s) => s.code)
        .sort(),
    )
    const latest = own.flatMap(({ standard, periods }) =>
      periods.flatMap((p) =>
        [...p.judgements].map(([who, j]) => ({ ...j, who, code: standard.code, period: p.period })),
      ),
    )
    expect(latest.some((j) => j.reason === 'too few')).toBe(true)
    const met = latest.find((j) => j.outcome === 'met')
    const missed = latest.findLast((j) => j.outcome === 'not met')
    const page = async (path: string): Promise<string> =>
      (await app.inject(path)).body.replace(/\s+/g, ' ')
    for (const j of [met, missed]) {
      expect(await page(`/providers/${j?.who}`)).toContain('Three in four stories answered')
      const card = await page(`/providers/${j?.who}/card`)
      expect(card).toContain('Three in four stories answered in public in time</a>')
      expect(card).toMatch(
        /Days to the first reply, in the middle<\/a>: \d+ days? \(\d+ to \d+\), \d+, of \d+ replies/,
      )
      const api = await page(`/api/v1/judgements?subject=${j?.who}&standard=${j?.code}`)
      expect(api).toContain(`"outcome":"${j?.outcome}"`)
    }
    expect(await page('/desk?what=entitlement')).toContain('Three in four stories answered')
  })

  it('says of whom it was told where they are listed no more, and who came after', async () => {
    const { reader } = opened
    const state = await reader.state()
    const merged = await calledNow(mergedCode, { reader, state })
    const successor = await reader.subject(state, successorCode)
    expect(merged.sentence).toBe(
      `${merged.name} is listed no more. It was followed by ${successor?.name}.`,
    )
    expect(merged.successors).toEqual([
      { href: `/providers/${successorCode}`, name: successor?.name },
    ])
    expect((await calledNow(most, { reader, state })).sentence).toBe('')
    expect(await calledNow('NOBODY', { reader, state })).toMatchObject({ name: 'NOBODY' })
  })

  it('is found by the place of its service, by its code or what it is called', async () => {
    const { reader, db } = opened
    const state = await reader.state()
    const [{ code = '' } = {}] = await db.query<{ code: string }>(
      `select unnest(places) as code from story where provider = $1 limit 1`,
      [most],
    )
    const place = await reader.subject(state, code)
    const listed = async (value: string) =>
      (await app.inject(`/stories.json?place=${encodeURIComponent(value)}`)).json().total
    const all = (await app.inject('/stories.json')).json().total
    expect(await listed(code)).toBeGreaterThan(0)
    expect(await listed(code)).toBeLessThanOrEqual(all)
    expect(await listed((place?.name ?? '').toLowerCase())).toBe(await listed(code))
    expect(await listed('Atlantis')).toBe(0)
    expect((await app.inject('/stories?place=Atlantis')).body).toContain('No place is called')
  })

  it('is counted anew only when it has come to something else', async () => {
    const { db, catalogue } = opened
    const day = new Date().toISOString().slice(0, 10)
    const again = { by: 'a test', day, invented: true }
    expect(await publishStories(db, catalogue, again)).toEqual({ releases: [], publication: null })
    await db.query(`update story_now set published = null
      where story = (select min(story) from story_now where published is not null)`)
    const { releases, publication } = await publishStories(db, catalogue, again)
    expect([releases.length, publication]).toEqual([1, 5])
    const [old] = await db.query<{ n: number }>(
      `select count(*)::int as n from release where dataset like 'invented-stories-%' and ended_as = 'superseded'`,
    )
    expect(old?.n).toBe(1)
  })
})
