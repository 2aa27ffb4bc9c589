import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { type Descriptor, descriptorSchema } from '../evidence/descriptor.ts'
import { type Service, serviceSchema } from '../evidence/indicator.ts'
import { makeReader } from '../reader.ts'
import { isClosed } from './listings.ts'
import { clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const [plain] = clinics.descriptors as [Descriptor]

/** Clinics of two counties of one region, some of them for one illness alone, some of them closed. */
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [
    descriptorSchema.parse({
      ...plain,
      id: 'places',
      title: 'Made-up places',
      dataset: 'places',
      service: null,
      order: 1,
      match: { name: 'places', columns: ['place', 'level'] },
      fields: [{ name: 'place' }],
      period: { from: 'fixed', value: '2024', kind: 'year' },
      subjects: [
        {
          kind: 'place',
          code: '{place}',
          name: '{name}',
          level: '{level}',
          parents: [{ level: 'region', code: '{within}' }],
          aliases: [{ scheme: 'number', value: '{number}' }],
        },
      ],
      observations: [],
    }),
    descriptorSchema.parse({
      ...plain,
      part: 'part',
      match: { name: 'clinics-(?<year>\\d{4})-(?<part>\\d+)', columns: ['code', 'seen'] },
      subjects: [
        {
          kind: 'provider',
          code: '{code}',
          name: '{name}',
          status: '{status}',
          facts: { kind: '{kind}', Closed: '{closed}', Known: 'yes' },
          parents: [{ level: 'county', code: '{county}' }],
          successor: { value: '{linked}', pattern: '(C\\d+) (?:Successor|Merged)' },
        },
      ],
      observations: [
        {
          indicator: 'seen-in-time',
          value: 'seen',
          numerator: 'in time',
          denominator: 'visitors',
          note: 'note',
        },
      ],
    }),
    descriptorSchema.parse({
      ...plain,
      id: 'register',
      dataset: 'register',
      order: 2,
      match: { name: 'register', columns: ['code', 'title'] },
      fields: [{ name: 'code' }],
      period: { from: 'fixed', value: '2024', kind: 'year' },
      subjects: [{ kind: 'provider', code: '{code}', name: '{title}' }],
      observations: [],
    }),
  ],
  standards: new Map(),
  cards: new Map(),
  studies: new Map(),
  services: [
    serviceSchema.parse({
      ...(clinics.services[0] as Service),
      separate: {
        fact: 'kind',
        usual: 'clinics for all',
        apart: { eyes: 'eye clinics' },
        why: 'Eyes are seen to at once.',
      },
    }),
  ],
}

const places = `place,name,level,within,number
REG,Overland,region,,
A,Ashshire,county,REG,7
B,Beechshire,county,REG,8
D,Doonshire,county,REG,9`
const header = 'code,name,kind,county,status,closed,seen,in time,visitors,note,linked'
const row = (i: number): string => {
  const kind = i < 5 ? 'eyes' : 'all'
  const seen = i < 5 ? 95 : 40 + i
  const shut = i === 10 ? 'Closed,31-08-2010' : 'Open,'
  const note = i === 12 ? 'Counted twice' : ''
  const linked =
    i === 10 ? 'C111 Successor; C112 Merged - two in one; C109 Predecessor; C999 Successor' : 'none'
  return `C${100 + i},Clinic ${i},${kind},${i % 2 ? 'A' : 'B'},${shut},${seen},${seen * 2},200,${note},${linked}`
}
const rows = [header, ...Array.from({ length: 40 }, (_, i) => row(i))].join('\n')
const register = 'code,title\nC900,Clinic without figures\nC100,Clinic 0'

describe.each(testDatabases())('who is held against whom, on $kind', ({ open }) => {
  let db: Database
  let reader: ReturnType<typeof makeReader>
  let state: State
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, catalogue, [
      writeFile('places.csv', places),
      writeFile('register.csv', register),
      writeFile('clinics-2024-7.csv', rows),
    ])
    reader = makeReader(db, catalogue)
    state = await reader.state()
  })
  afterAll(() => db.close())
  const figure = async (code: string) =>
    (await reader.subject(state, code))?.series[0]?.figures.at(-1)
  const against = async (code: string, what: string) =>
    (await figure(code))?.comparisons.find((c) => c.against === what)

  it('the whole says of which areas it is, and how sure it is', async () => {
    const whole = await against('C120', 'whole')
    expect(whole?.name).toBe('all 35 clinics here (Ashshire and Beechshire)')
    expect(whole?.limits95?.lower95).toBeLessThan(whole?.value ?? 0)
    expect(whole?.limits95?.upper95).toBeGreaterThan(whole?.value ?? 0)
  })

  it('a region of the same providers is not told twice; an area is told with their number', async () => {
    expect(await against('C120', 'region')).toBeUndefined()
    expect((await against('C120', 'area'))?.name).toBe('Beechshire: the 17 clinics here')
  })

  it('a kind that is held apart is compared only with its own', async () => {
    expect((await against('C100', 'whole'))?.name).toBe(
      'all 5 eye clinics here (Ashshire and Beechshire)',
    )
    expect((await against('C100', 'whole'))?.direction).toBe(0)
    const page = await reader.subject(state, 'C100')
    expect(page?.peers).toHaveLength(4)
    for (const peer of page?.peers ?? []) expect(['C101', 'C102', 'C103', 'C104']).toContain(peer)
    expect((await reader.subject(state, 'C120'))?.peers).not.toContain('C101')
  })

  it('a kind that is held apart is not in the spread of the others, and says so', async () => {
    const page = await reader.indicatorPage(state, 'seen-in-time', { size: 100 })
    expect(page?.summary.apart).toEqual([{ name: 'eye clinics', count: 5 }])
    expect(page?.distribution.values).toHaveLength(35)
    expect(page?.total).toBe(40)
    const spread = await reader.spread(state, 'seen-in-time', '2024', '')
    expect([...(spread?.valuesLike('C100') ?? [])]).toEqual([95, 95, 95, 95, 95])
    expect(spread?.valuesLike('C120')).toHaveLength(35)
  })

  it('a closed provider is marked, comes last and is not counted', async () => {
    const hits = await reader.search(state, 'clinic', 50)
    expect(hits.at(-1)).toMatchObject({ code: 'C110', closed: true, closedOn: '31-08-2010' })
    const place = await reader.place(state, 'B')
    expect(place?.services).toEqual([{ service: 'clinic', count: 19, closed: 1 }])
    expect(place?.providers.at(-1)?.code).toBe('C110')
    expect(await reader.providersWithin(state, 'B', 'clinic')).not.toContain('C110')
  })

  it('a closed provider names who came after it, of those that are listed', async () => {
    const page = await reader.subject(state, 'C110')
    expect(page?.facts.Successor).toBe('C111, C112, C999')
    expect(page?.successors).toEqual([
      { kind: 'provider', code: 'C111', name: 'Clinic 11' },
      { kind: 'provider', code: 'C112', name: 'Clinic 12' },
    ])
    expect((await reader.subject(state, 'C120'))?.successors).toEqual([])
  })

  it('so does one that no release describes any more', async () => {
    const without = rows.split('\n').filter((line) => !line.startsWith('C110,'))
    await importAndPublish(db, catalogue, [writeFile('clinics-2024-7.csv', without.join('\n'))])
    const now = await reader.state()
    expect(await reader.ended(now, 'C110')).toMatchObject({
      name: 'Clinic 10',
      successors: [{ code: 'C111' }, { code: 'C112' }],
    })
  })

  it('a place names those within it that hold all of its providers, where it has others', async () => {
    expect((await reader.place(state, 'REG'))?.scope).toEqual(['Ashshire', 'Beechshire'])
    expect((await reader.place(state, 'A'))?.scope).toBeNull()
  })

  it('providers that only a register knows are counted as such', async () => {
    const counts = await reader.providerCounts(state)
    expect(counts.get('clinic')).toEqual({ open: 40, closed: 1, silent: 1, nameless: 0 })
    const [hit] = await reader.search(state, 'without figures')
    expect(hit).toMatchObject({ code: 'C900', silent: true, exact: true })
  })

  it('what is only like the words is no exact match', async () => {
    const hits = await reader.search(state, 'clinik without figurs')
    expect(hits[0]).toMatchObject({ code: 'C900', exact: false })
  })

  it('a part of a release is told by the name of its place', async () => {
    const [release] = await reader.releases(state, { dataset: 'clinics' })
    expect(release).toMatchObject({ part: '7', partName: 'Ashshire', service: 'clinic' })
  })

  it('what the source says of one value stands beside it', async () => {
    expect((await figure('C112'))?.note).toBe('Counted twice')
    expect((await figure('C113'))?.note).toBeNull()
    const page = await reader.indicatorPage(state, 'seen-in-time', { size: 100 })
    expect(page?.rows.filter((r) => r.note !== null).map((r) => r.code)).toEqual(['C112'])
  })

  it('a fact without a column is the same for all rows', async () => {
    expect((await reader.subject(state, 'C120'))?.facts.Known).toBe('yes')
  })
})

describe('whether a provider has closed', () => {
  it.each([
    ['Closed', {}, true],
    ['closed in 2019', {}, true],
    ['Open, but proposed to close', { Closed: '31-08-2030' }, false],
    ['Open', {}, false],
    [null, { Closed: '31-03-2019' }, true],
    [null, {}, false],
  ])('status %s with %o', (status, facts, closed) => {
    expect(isClosed(status, facts as Record<string, string>)).toBe(closed)
  })
})
