import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withdraw } from '../../platform/publishing/publish.ts'
import { buildServer } from '../../platform/web/server.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  opened = await openAldermere()
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  app = await buildServer({ reader: opened.reader, ...options })
})
afterAll(async () => {
  await app?.close()
  await opened?.db.close()
})

const get = (url: string) => app.inject(url)

describe('maps of Aldermere', () => {
  it('draw all areas of the level with the most figures, and the level that is asked for', async () => {
    const { reader } = opened
    const state = await reader.state()
    const poor = await reader.maps.areas(state, 'ald-child-poverty', {})
    expect(poor).toMatchObject({ level: 'ward', whole: 'Aldermere' })
    expect(poor?.areas).toHaveLength(60)
    expect(poor?.levels).toEqual([
      { level: 'ward', count: 60 },
      { level: 'district', count: 8 },
    ])
    const districts = await reader.maps.areas(state, 'ald-child-poverty', { level: 'district' })
    expect(districts?.areas).toHaveLength(8)
    const some = await reader.maps.areas(state, 'ald-child-poverty', { place: 'ALDD01' })
    expect(some?.areas).toHaveLength(9)
    expect(await reader.maps.areas(state, 'no-such', {})).toBeNull()
    expect(await reader.maps.areas(state, 'ald-child-poverty', { place: 'nowhere' })).toBeNull()
  })

  it('show what districts come to: the same as their page says', async () => {
    const { reader } = opened
    const state = await reader.state()
    const map = await reader.maps.areas(state, 'ald-child-poverty', { level: 'district' })
    const district = await reader.subject(state, 'ALDD01')
    const series = district?.series.find((s) => s.indicator === 'ald-child-poverty')
    const own = map?.areas.find((a) => a.code === 'ALDD01')?.figure
    expect(own?.value).toBeCloseTo(series?.figures.at(-1)?.value ?? Number.NaN, 9)
    expect(own?.origin).toBe('published')
  })

  it('place every provider within its own ward', async () => {
    const { reader } = opened
    const state = await reader.state()
    const { points, unplaced } = await reader.maps.points(state, 'primary-school')
    expect(points).toHaveLength(90)
    expect(unplaced).toEqual([])
    const wards = await reader.maps.areas(state, 'ald-child-poverty', { level: 'ward' })
    const inside = (at: readonly number[], ring: readonly (readonly number[])[]): boolean =>
      ring.reduce((odd, [x = 0, y = 0], i) => {
        const [px = 0, py = 0] = ring.at(i - 1) ?? []
        const [ax = 0, ay = 0] = at
        const crosses = y > ay !== py > ay && ax < ((px - x) * (ay - y)) / (py - y) + x
        return crosses ? !odd : odd
      }, false)
    for (const p of points) {
      const home = (await reader.subject(state, p.code))?.parents.find((q) => q.level === 'ward')
      const ward = wards?.areas.find((a) => a.code === home?.code)
      const rings = ward?.geometry.type === 'Polygon' ? ward.geometry.coordinates : []
      expect(rings.some((ring) => inside(p.at, ring))).toBe(true)
    }
  })
})

describe('a page with a map', () => {
  it.each(['/places/ALD', '/places/ALDD01', '/indicators/ald-gp-experience'])(
    '%s has it as a picture with links, words, a legend, a table and files',
    async (url) => {
      const { body } = await get(url)
      expect(body.match(/class="pl-chart pl-chart--map"/g)).toHaveLength(1)
      const picture = /<svg class="pl-chart pl-chart--map".*?<\/svg>/s.exec(body)?.[0] ?? ''
      expect(picture).toMatch(/<title id="map-title">.+<\/title><desc id="map-words">.+<\/desc>/)
      const links = [...picture.matchAll(/<a href="\/(?:places|providers)\/([^"]+)"/g)]
      expect(links.length).toBeGreaterThan(2)
      expect(picture.match(/<\/title><\/path><\/a>/g)).toHaveLength(links.length)
      const table = body.slice(body.indexOf('The map as a table'))
      for (const [, code] of links) expect(table).toContain(`/${code}"`)
      expect(body).toContain('pl-legend')
      expect(picture).not.toMatch(/NaN|undefined|style=/)
      // Scripts are our own files alone; what search engines read is data and runs nothing.
      const scripts = body.match(/<script[^>]*>/g)?.filter((s) => !s.includes('ld+json'))
      expect(scripts?.every((s) => s.includes('src="/assets/'))).toBe(true)
      for (const [ending, type] of [
        ['svg', 'image/svg+xml'],
        ['geojson', 'application/geo+json'],
      ]) {
        const file = new RegExp(`href="(/[pi][^"]+\\.${ending}[^"]*)"`).exec(body)?.[1] ?? ''
        const answer = await get(file.replaceAll('&amp;', '&'))
        expect(answer.statusCode).toBe(200)
        expect(answer.headers['content-type']).toContain(type)
        if (ending === 'svg') expect(answer.body === picture).toBe(true)
        else expect(JSON.parse(answer.body).features).toHaveLength(links.length)
      }
    },
  )

  it('draws the indicator and the level that its address asks for', async () => {
    const { body } = await get('/places/ALD?map=ald-child-poverty&level=district')
    expect(body).toContain('Children in low-income families in Aldermere')
    expect(body.match(/<a href="\/places\/ALDD\d\d" tabindex/g)).toHaveLength(8)
    const points = await get('/indicators/ald-gp-experience?level=providers')
    expect(points.body.match(/<a href="\/providers\/ALDG\d\d" tabindex/g)).toHaveLength(40)
  })

  it('shows a hatched area exactly where the data cannot tell it from the whole', async () => {
    const { reader } = opened
    const map = await reader.maps.areas(await reader.state(), 'ald-gp-experience', {})
    const similar = map?.areas.filter((a) => a.figure?.direction === 0).length ?? 0
    const { body } = await get('/indicators/ald-gp-experience')
    const hatched = /<g fill="url\(#map-similar\)">(.*?)<\/g>/s.exec(body)?.[1] ?? ''
    expect(similar).toBeGreaterThan(0)
    expect(hatched.match(/<path/g)).toHaveLength(similar)
    expect(body).toContain(`Similar (${similar})`)
  })

  it('has no script where there is no map, and no map at an address without one', async () => {
    expect((await get('/')).body).not.toContain('<script')
    expect((await get('/places/ALD.svg?map=nothing')).statusCode).toBe(200)
    for (const url of ['/providers/ALDG01.svg', '/releases/1.geojson', '/services/police.svg']) {
      expect((await get(url)).statusCode).toBe(404)
    }
  })

  it('leads with what differs most, each with its word', async () => {
    const { body } = await get('/places/ALDD01')
    const part = body.slice(
      body.indexOf('What differs most from Aldermere'),
      body.indexOf('id="map"'),
    )
    expect(part.match(/<li>/g)?.length).toBeGreaterThan(1)
    expect(part).not.toContain('similar')
  })
})

describe('near a postcode', () => {
  const postcode = 'ZZ1 2HR'

  it('shows the nearest of each service first, and what it is like', async () => {
    const near = await opened.reader.maps.near(await opened.reader.state(), postcode, 5)
    expect(near).toMatchObject({ postcode, how: 'postcode' })
    expect(near?.services.map((s) => s.service).sort()).toContain('general-practice')
    for (const { nearest } of near?.services ?? []) {
      const ways = nearest.map((n) => n.kilometres)
      expect(ways).toEqual(ways.toSorted((a, b) => a - b))
    }
    const { body } = await get(`/near?postcode=${encodeURIComponent(postcode)}`)
    expect(body).toContain('Services near ZZ1 2HR')
    expect(body).toContain('less than 0.1 miles')
    expect(body).toContain('Kettlemere Family Doctors')
    const data = (await get(`/near.json?postcode=${encodeURIComponent(postcode)}`)).json()
    expect(data.services[0].nearest[0].telling).toContain('%')
    const practices = data.services.find((s: { code: string }) => s.code === 'general-practice')
    for (const { code, card } of practices.nearest) {
      expect(card.href).toBe(`/providers/${code}/card`)
      expect(body).toContain(`href="/providers/${code}/card"`)
    }
  })

  it('says when it knows a postcode only roughly, or not at all, and what to do', async () => {
    expect((await get('/near?postcode=zz1')).body).toContain('only roughly')
    const unknown = await get('/near?postcode=GU34%201AA')
    expect(unknown.statusCode).toBe(200)
    expect(unknown.body).toContain('We do not know the postcode “GU34 1AA”')
    expect((await get('/near?postcode=%3Cscript%3E')).body).not.toContain('<script>')
    expect((await get('/near')).body).toContain('Type your postcode')
    expect((await get('/')).body).toContain('href="/near"')
  })
})

describe('past states', () => {
  it('keep their maps; boundaries that are withdrawn take theirs along', async () => {
    const { db, catalogue, reader } = opened
    const before = await reader.state()
    const [release] = await db.query<{ id: number }>(
      `select id from release where dataset = 'aldermere-ward-boundaries'`,
    )
    await withdraw(db, catalogue, release?.id ?? 0, { by: 'a test', reason: 'drawn anew' })
    const after = await reader.state()
    expect(after.publication).toBe(before.publication + 1)
    const of = async (state: typeof before) =>
      (await reader.maps.areas(state, 'ald-child-poverty', {}))?.levels.map((l) => l.level)
    expect(await of(before)).toEqual(['ward', 'district'])
    expect(await of(after)).toEqual(['district'])
  })
})
