import type { FastifyInstance } from 'fastify'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { withdraw } from '../publishing/publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { standardSchema } from '../standards/standard.ts'
import { atomText, entriesInFeed, type FeedEntry, partOfFeed } from './feed.ts'
import { fixtureReader } from './fixture.ts'
import { buildServer } from './server.ts'

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

interface Read {
  readonly id: string
  readonly updated: string
  readonly title: string
  readonly summary: string
  readonly links: Readonly<Record<string, string>>
}

/** A feed, read by a parser that takes well-formed XML alone and held to what RFC 4287 asks of all. */
function read(text: string): Read & { entries: readonly Read[] } {
  const parser = new SaxesParser({ xmlns: true })
  const made: { texts: Record<string, string>; links: Record<string, string> }[] = []
  let within: string[] = []
  parser.on('opentag', (tag) => {
    expect(tag.uri).toBe('http://www.w3.org/2005/Atom')
    if (tag.name === 'feed' || tag.name === 'entry') made.push({ texts: {}, links: {} })
    if (tag.name === 'link') {
      const { rel, href } = tag.attributes
      if (rel && href)
        (made.at(-1) ?? { links: {} as Record<string, string> }).links[rel.value] = href.value
    }
    within = [...within, tag.name]
  })
  parser.on('text', (said) => {
    const [name, of] = [within.at(-1) ?? '', made.at(-1)]
    if (of) of.texts[name] = (of.texts[name] ?? '') + said
  })
  parser.on('closetag', () => {
    within = within.slice(0, -1)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  const [feed, ...entries] = made.map(({ texts, links }): Read => {
    const { id = '', updated = '', title = '', summary = '' } = texts
    expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect(new Date(updated).toISOString()).toBe(updated)
    expect(title).not.toBe('')
    for (const href of Object.values(links)) expect(href).toMatch(/^https?:\/\/[^/]+\//)
    expect(links.alternate).toBeDefined()
    return { id, updated, title, summary, links }
  })
  if (!feed) throw new Error('There is no feed.')
  const ids = entries.map((e) => e.id)
  expect(new Set([feed.id, ...ids]).size).toBe(1 + entries.length)
  expect(entries.map((e) => e.updated)).toEqual(
    entries
      .map((e) => e.updated)
      .sort()
      .reverse(),
  )
  return { ...feed, entries }
}

const open = (reader: Parameters<typeof buildServer>[0]['reader']): Promise<FastifyInstance> =>
  buildServer({ reader, logLevel: 'silent', example: null, ready: async () => true })

describe.each(testDatabases())('feeds on $kind', ({ open: openDatabase }) => {
  let db: Database
  let app: FastifyInstance
  const clinic = async (year: number, seen: number): Promise<void> => {
    const rows = clinicRows((i, line) =>
      i === 3
        ? `C103,Clinic 3,town,${seen},${seen * 2},200`
        : i === 5
          ? 'C105,Clinic 5,town,SUPP,,20'
          : line,
    )
    const found = await importAndPublish(db, catalogue, [writeFile(`clinics-${year}.csv`, rows)], {
      reason: `Of ${year}, ${seen}`,
    })
    expect(found.accepted).toBe(true)
  }
  const feed = async (path: string) => read((await app.inject(path)).body)
  const titles = async (path: string) => (await feed(path)).entries.map((e) => e.title)

  beforeAll(async () => {
    db = await prepare(await openDatabase())
    app = await open(makeReader(db, catalogue))
    await clinic(2023, 96)
    await clinic(2024, 95)
    await clinic(2024, 20)
  })
  afterAll(async () => {
    await app.close()
    await db.close()
  })

  it('of releases: each that was published, corrected or withdrawn', async () => {
    expect(await titles('/releases.atom')).toEqual([
      'Corrected: Made-up clinics: 2024',
      'Published: Made-up clinics: 2024',
      'Published: Made-up clinics: 2023',
    ])
    const { entries, links } = await feed('/releases.atom?service=clinic&page=1')
    expect(entries[0]?.summary).toContain('It takes the place of release 2')
    expect(entries[0]?.links.alternate).toMatch(/\/releases\/3$/)
    expect(links.self).toMatch(/\/releases\.atom\?service=clinic$/)
    expect((await feed('/releases.atom?state=withdrawn')).entries).toEqual([])
  })

  it('of an indicator: new periods, and how many figures a correction changed', async () => {
    const { entries } = await feed('/indicators/seen-in-time.atom')
    expect(entries.map((e) => e.title)).toEqual([
      'Figures corrected: Seen in time, 2024',
      'New figures: Seen in time, 2024',
      'New figures: Seen in time, 2023',
    ])
    expect(entries[0]?.summary).toContain('1 figure changed with release 3')
  })

  it('of a provider: its figures, and how it is judged, from what to what and why', async () => {
    const { entries } = await feed('/providers/C103.atom')
    expect(entries.map((e) => e.title)).toEqual([
      'Judged otherwise: Clinic 3, Three in five are seen in time',
      'Figures corrected: Clinic 3, 2024',
      'Judged otherwise: Clinic 3, Three in five are seen in time',
      'New figures: Clinic 3, 2024',
      'Judged otherwise: Clinic 3, Three in five are seen in time',
      'New figures: Clinic 3, 2023',
    ])
    expect(entries[0]?.summary).toBe('2024: from “met” to “not met”. Why: Of 2024, 20')
    expect(entries[2]?.summary).toBe('2024: “met”, after “met” for 2023. Why: Of 2024, 95')
  })

  it('of a provider that a correction leaves as it was does not tell the correction', async () => {
    expect(await titles('/providers/C104.atom')).not.toContain('Figures corrected: Clinic 4, 2024')
  })

  it('tell nothing of what is suppressed but that there are figures', async () => {
    expect(await titles('/providers/C105.atom')).toEqual([
      'New figures: Clinic 5, 2024',
      'New figures: Clinic 5, 2023',
    ])
  })

  it('of standards: how many are judged otherwise, with the list of them', async () => {
    const { entries } = await feed('/standards/clinic-floor.atom')
    expect(entries.map((e) => e.title)).toEqual(
      Array(3).fill('Judged otherwise: Three in five are seen in time'),
    )
    expect(entries[0]?.summary).toContain('1 from “met” to “not met”')
    expect(entries[0]?.links.alternate).toMatch(/\/record\/\d+\/changes$/)
    expect((await feed('/standards.atom?service=clinic')).entries).toEqual(entries)
    expect((await feed('/standards.atom?kind=ambition')).entries).toEqual([])
  })

  it('stay what they are while other things are published', async () => {
    const before = await app.inject('/indicators/seen-in-time.atom')
    const { etag = '', 'last-modified': modified = '' } = before.headers
    expect(Date.parse(String(modified))).toBeGreaterThan(Date.now() - 600_000)
    const ask = (headers: Record<string, string>) =>
      app.inject({ url: '/indicators/seen-in-time.atom', headers })
    expect((await ask({ 'if-none-match': String(etag) })).statusCode).toBe(304)
    expect((await ask({ 'if-modified-since': String(modified) })).statusCode).toBe(304)
    expect((await ask({ 'if-none-match': '"another"' })).statusCode).toBe(200)
    const restarted = await open(makeReader(db, catalogue))
    const again = await restarted.inject('/indicators/seen-in-time.atom')
    await restarted.close()
    expect(again.headers.etag).toBe(etag)
    expect(again.body).toBe(before.body)
  })

  it('show a past state, and what was withdrawn since', async () => {
    const state = await makeReader(db, catalogue).state()
    await withdraw(db, catalogue, 1, { by: 'a test', reason: 'Taken back' })
    const [entry, ...rest] = (await feed('/releases.atom')).entries
    expect(entry).toMatchObject({ title: 'Withdrawn: Made-up clinics: 2023' })
    expect(entry?.summary).toContain('Taken back')
    expect(rest).toHaveLength(3)
    expect((await titles('/indicators/seen-in-time.atom'))[0]).toBe('Withdrawn: Seen in time, 2023')
    expect(await titles(`/releases.atom?as-of=${state.at}`)).toHaveLength(3)
  })
})

describe('a feed', () => {
  const entries = Array.from(
    { length: 2 * entriesInFeed + 1 },
    (_, i): FeedEntry => ({
      key: `e${i}`,
      title: `Entry ${i}`,
      updated: new Date(1e12 - i).toISOString(),
      href: `/e/${i}?a=1&b=2`,
      category: 'made-up',
      summary: '',
    }),
  )
  const search = new URLSearchParams('service=a&page=2')
  const part = (page: number) =>
    read(
      atomText(
        { title: 'All', path: '/e', search, since: null, ...partOfFeed(entries, page) },
        'https://open.example',
      ),
    )

  it('that is long goes on at older entries, part by part, with none left out', () => {
    expect([1, 2, 3].flatMap((n) => part(n).entries.map((e) => e.title))).toEqual(
      entries.map((e) => e.title),
    )
    expect(part(1).links.next).toBe('https://open.example/e.atom?service=a&page=2')
    expect(part(2).links.previous).toBe('https://open.example/e.atom?service=a')
    expect(part(2).links.first).toBe('https://open.example/e.atom?service=a')
    expect(part(3).links.next).toBeUndefined()
    expect(part(1).id).toBe(part(3).id)
  })

  it('is found from its page, and holds names as text', async () => {
    const app = await open(fixtureReader)
    for (const path of [
      ...['/releases', '/standards', '/desk', '/record', '/indicators/expected'],
      ...['/providers/X10002', '/places/P1', '/record?act=release-published'],
    ]) {
      const page = await app.inject(path)
      const [, href = ''] =
        /<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="([^"]+)"/.exec(
          page.body,
        ) ?? []
      const answer = await app.inject(href)
      expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
      expect(read(answer.body).links.alternate).toBe(`http://localhost:80${path}`)
    }
    const own = read((await app.inject('/providers/X10002.atom')).body)
    expect(own.entries[0]?.title).toContain('=Ember & <i>Ash</i> School')
    expect(own.entries[0]?.summary).toContain('Why: New <b>figures</b>')
    await app.close()
  })
})
