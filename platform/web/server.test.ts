import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fixtureAddresses } from './addresses.ts'
import { fixtureReader } from './fixture.ts'
import { buildServer, nobody } from './server.ts'

const example = 'Inventedshire is invented: nothing here is about a real school.'
let app: Awaited<ReturnType<typeof buildServer>>

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example,
    ready: async () => true,
  })
})
afterAll(() => app.close())

describe('every page', () => {
  it.each(fixtureAddresses)('%s is answered in our layout', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain(example)
    expect(answer.body).toContain('<main')
    expect(answer.body).not.toMatch(
      /<script(?! type="application\/ld\+json">)|<i>Ash|<b>&|\sstyle="|undefined|NaN|GOV\.UK/,
    )
    expect(answer.headers['content-security-policy']).not.toContain('unsafe-inline')
  })

  it.each(['/providers/X10001', '/providers/X10002'])(
    '%s holds one byte a character',
    async (url) => {
      const { body } = await app.inject(url)
      expect(body).toContain('&#9650;')
      expect(body.match(/.{0,40}[^\u0000-\u00ff].{0,10}/gu)).toBeNull()
    },
  )

  it('is asked for by https alone once it is served so', async () => {
    const headers = async (address: string | null) => {
      const options = { reader: fixtureReader, logLevel: 'silent', example, address }
      const server = await buildServer({ ...options, ready: async () => true })
      const answer = await server.inject('/about')
      await server.close()
      return answer.headers['strict-transport-security']
    }
    expect(await headers('https://plumbline.example')).toBe('max-age=31536000; includeSubDomains')
    expect(await headers(null)).toBeUndefined()
  })

  it('is the same page for every visitor: what an address only carries is on no link', async () => {
    const first = await app.inject('/indicators/expected?sort=name&utm=<secret>')
    expect(first.statusCode).toBe(200)
    expect(first.body).not.toContain('secret')
    const { body } = await app.inject('/indicators/expected?sort=name')
    expect(body).toBe(first.body)
  })

  it('says of one that is listed no more that it was, and how to see it', async () => {
    const page = await app.inject('/providers/X90001')
    expect(page.statusCode).toBe(410)
    expect(page.body).toContain('Elm Primary is listed no more')
    expect(page.body).toContain('?as-of=2024-06-01T10%3A00%3A00Z">This page as it was last')
    const answer = await app.inject('/api/v1/providers/X90001')
    expect(answer.statusCode).toBe(410)
    expect(answer.json()).toMatchObject({ type: '/api#gone', sent: 'X90001' })
    // Who came after it, in the page, its JSON, the API and the embed; nobody is led there unasked.
    expect(page.body).toContain('It was followed by Larkrise Invented School.')
    expect(page.body).toContain('<a class="govuk-link" href="/providers/X10001">Larkrise')
    const successors = [
      { code: 'X10001', name: 'Larkrise Invented School', page: '/providers/X10001' },
    ]
    const json = await app.inject('/providers/X90001.json')
    expect(json.statusCode).toBe(410)
    expect(json.headers['content-type']).toContain('application/problem+json')
    expect(json.json()).toMatchObject({ type: '/api#gone', successors })
    expect(answer.json()).toMatchObject({ successors })
    const embed = await app.inject('/embed/providers/X90001/card')
    expect(embed.body).toContain('It was followed by Larkrise Invented School.')
    expect((await app.inject('/api/v1/places/X90001')).statusCode).toBe(404)
  })

  it('answers 304 to a list of tags and to a weakened one', async () => {
    const { headers } = await app.inject('/providers/X10001')
    const tag = String(headers.etag).replace('W/', '')
    const again = await app.inject({
      url: '/providers/X10001',
      headers: { 'if-none-match': `"other", ${tag}` },
    })
    expect(again.statusCode).toBe(304)
  })

  it('answers 304 to the tag that it gave', async () => {
    const { headers } = await app.inject('/providers/X10001')
    const again = await app.inject({
      url: '/providers/X10001',
      headers: { 'if-none-match': String(headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })
})

describe('plain words', () => {
  it('says each reason for no value differently', async () => {
    const { body } = await app.inject('/providers/X10001')
    for (const words of ['suppressed:', 'does not apply', 'not shown: too few'])
      expect(body).toContain(words)
  })

  it('says that there is no interval where there is none', async () => {
    const { body } = await app.inject('/providers/X10001')
    expect(body).toContain('£4,528.50')
    expect(body).toContain('not enough data to say')
  })
})

describe('what a figure is held against', () => {
  it('has an interval, or the words that there is none', async () => {
    const { body } = await app.inject('/providers/X10001')
    expect(body).toContain('Inventedshire</th>')
    expect(body).toContain('0.1 (-0.4 to 0.6)')
    expect(body).toContain('(no interval)')
  })

  it('is explained where the unit says nothing', async () => {
    for (const address of [
      '/providers/X10001',
      '/indicators/reading-progress',
      '/compare?providers=X10001,X10002',
    ]) {
      const { body } = await app.inject(address)
      expect(body).toContain('0 is the average of pupils with similar results before.')
    }
  })

  it('is told in a sentence where a few are compared', async () => {
    const { body } = await app.inject('/compare?providers=X10001,X10002')
    expect(body).toContain('are worse than Inventedshire')
    expect(body).toContain('The two are not clearly different from each other.')
  })

  it('has its publication date and a download beneath it', async () => {
    const { body } = await app.inject('/providers/X10001')
    expect(body).toContain('Inventedshire, 2023-24. Published 1 October 2024.')
    expect(body).toContain('href="/indicators/expected.csv?period=2023-24"')
    expect((await app.inject('/indicators/expected.csv?period=2023-24')).statusCode).toBe(200)
  })

  it('has what its source says of it, as text', async () => {
    const { body } = await app.inject('/indicators/expected')
    expect(body).toContain(
      'Its source says of this figure: Counted twice &lt;i&gt;in part&lt;/i&gt;.',
    )
  })
})

describe('closed providers', () => {
  it('are marked on their page, in lists and in tables', async () => {
    const { body } = await app.inject('/providers/X10003')
    expect(body).toContain('Closed 31 August 2024. Its figures are from when it was open.')
    expect(body).toMatch(/It was followed by <a [^>]*href="\/providers\/X10001">Larkrise/)
    for (const address of ['/search?q=school', '/places/P1', '/services/primary-school']) {
      expect((await app.inject(address)).body).toContain('closed 31 August 2024')
    }
    expect((await app.inject('/indicators/expected')).body).toContain('Inventedshire · closed')
  })

  it('are counted apart', async () => {
    expect((await app.inject('/')).body).toContain('2 primary schools')
    expect((await app.inject('/')).body).toContain('1 without figures; 1 has closed')
    const { body } = await app.inject('/places/P1')
    expect(body).toContain(
      'has 2 primary schools in what is published, all of them in Ash and Beech. 1 more has closed.',
    )
  })
})

describe('a search', () => {
  it('calls near what is only near', async () => {
    const { body } = await app.inject('/search?q=ZZ1%209ZZ')
    expect(body).toContain('“ZZ1 9ZZ”: no exact match')
    expect(body).not.toContain('3 found')
  })
})

describe('releases', () => {
  it('are narrowed by address, and their state is told in words', async () => {
    const all = await app.inject('/releases?service=primary-school&dataset=invented-results')
    expect(all.body).toContain('1 release</h2>')
    expect(all.body).toContain('>current</td>')
    expect(all.body).toContain('>Inventedshire, 2023-24</td>')
    const none = await app.inject('/releases?state=withdrawn')
    expect(none.body).toContain('0 releases</h2>')
    expect((await app.inject('/releases.json?state=withdrawn')).json()).toEqual([])
    expect((await app.inject('/releases?state=lost')).statusCode).toBe(400)
  })

  it('are paged', async () => {
    const [one] = await fixtureReader.releases(await fixtureReader.state())
    const many = Array.from({ length: 120 }, (_, i) => ({ ...one!, id: 1 + i }))
    const paged = await buildServer({
      reader: { ...fixtureReader, releases: async () => many },
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    const third = await paged.inject('/releases?page=3&state=published')
    expect(third.body.match(/<tr><th scope="row"/g)).toHaveLength(20)
    expect(third.body).toContain('/releases?page=2&amp;state=published')
    await paged.close()
  })

  it('that count no longer are not among the latest of a service', async () => {
    const [one] = await fixtureReader.releases(await fixtureReader.state())
    const gone = { ...one!, id: 7, title: 'Withdrawn results', status: 'withdrawn' as const }
    const reader = { ...fixtureReader, releases: async () => [gone, one!] }
    const other = await buildServer({
      reader,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    const { body } = await other.inject('/services/primary-school')
    expect(body).toContain('Invented school results')
    expect(body).not.toContain('Withdrawn results')
    expect((await other.inject('/releases')).body).toContain('Withdrawn results')
    await other.close()
  })
})

describe('a place without a service', () => {
  it('offers its services to compare', async () => {
    const { body } = await app.inject('/compare?place=P1')
    expect(body).toContain('href="/compare?place=P1&amp;service=primary-school"')
    expect((await app.inject('/compare?place=nowhere')).body).toContain('No place')
  })
})

describe('another date', () => {
  it('can be asked for on the page, also from a past state, and left empty', async () => {
    for (const address of ['/', '/providers/X10001?as-of=2024-12-01', '/indicators/expected']) {
      const { body } = await app.inject(address)
      const form = body.slice(body.indexOf('See how this looked on another date'))
      expect(form).toContain('type="date"')
      expect(form.slice(0, form.indexOf('</form>')).match(/name="as-of"/g)).toHaveLength(1)
    }
    expect((await app.inject('/providers/X10001?as-of=')).statusCode).toBe(200)
    expect((await app.inject('/providers/X10001?as-of=')).body).not.toContain('As it was on')
  })
})

describe('data at the same address', () => {
  it.each([
    '/providers/X10001.json',
    '/providers/X10001/peers.json',
    '/search.json?q=invented',
    '/releases.json',
    '/compare.json?providers=X10001,X10002',
  ])('gives JSON at %s', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toBeTypeOf('object')
  })

  it('defuses text in CSV and leaves numbers alone', async () => {
    const { body } = await app.inject('/indicators/expected.csv')
    expect(body).toContain("'=Ember")
    expect(body).toContain(',-1.9,')
    expect(body).toContain(',closed,apart,note,comparedWithWhole\r\n')
    expect(body).toMatch(/,Counted twice <i>in part<\/i>,[a-z ]*\r\n/)
  })

  it('says in words in CSV what the difference is', async () => {
    const { body } = await app.inject('/indicators/expected.csv')
    const [header = '', ...rows] = body.trimEnd().split('\r\n')
    const at = header.split(',').indexOf('difference')
    const said = new Map(rows.map((r) => [r.split(',')[at], r.split(',').at(-1)]))
    expect(said.get('-1')).toBe('worse')
    expect(said.get('')).toBe('')
  })
})

describe('the list of what is measured', () => {
  it('is by service, and found by words of a name or meaning in any order', async () => {
    const { body } = await app.inject('/indicators')
    expect(body).toContain('<h2 class="govuk-heading-m">Primary schools')
    expect(body).toContain('href="/indicators/expected"')
    const found = await app.inject('/indicators.json?q=STANDARD%20pupils')
    expect(found.json().map((i: { code: string }) => i.code)).toEqual(['expected'])
    const none = await app.inject('/indicators?q=zzzz')
    expect(none.body).toContain('None fits')
    expect((await app.inject('/indicators.json?service=places')).json()).toEqual([])
  })

  it('is given as CSV, narrowed as the page is', async () => {
    const { body, headers } = await app.inject('/indicators.csv?q=standard')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(body.trimEnd().split('\r\n')).toHaveLength(2)
    expect(body).toMatch(/^code,name,service,topic,/)
  })
})

describe('what a correction changed', () => {
  it('is listed in pages, which keep its order and filter', async () => {
    const { body } = await app.inject('/releases/1/changes?sort=-direction&q=school')
    expect(body).toContain('60 figures read otherwise in release 1 than in release 9')
    expect(body).toContain('60 changed (30 of them now suppressed or missing).')
    expect(body).toContain('href="/releases/1/changes?q=school&amp;sort=-direction&amp;page=2"')
    expect(body).toContain('suppressed: too few people to show')
    const second = await app.inject('/releases/1/changes?sort=-direction&q=school&page=2')
    expect(second.body).toContain('School 59')
    expect(second.body).not.toContain('School 49')
  })

  it('is given whole as CSV and as JSON', async () => {
    const csv = await app.inject('/releases/1/changes.csv?q=school')
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = csv.body.trimEnd().split('\r\n')
    expect(lines).toHaveLength(61)
    expect(lines[1]).toBe("X10001,provider,'=<i>Ash</i>,expected,,2024,value,50,suppressed,")
    const json = (await app.inject('/releases/1/changes.json')).json()
    expect(json).toMatchObject({ release: 1, takesThePlaceOf: 9, total: 60 })
    expect(json.changes).toHaveLength(60)
  })

  it.each(['', '.csv', '.json'])(
    'says what it is sorted by where it is asked for another order (%s)',
    async (ending) => {
      const { statusCode, body } = await app.inject(`/releases/1/changes${ending}?sort=nope`)
      expect(statusCode).toBe(400)
      expect(body).toContain('is none of these: figure, name, direction, -direction.')
      const table = await app.inject('/indicators/expected?sort=nope')
      expect(table.body).toContain(
        'none of these: name, value, -value, area, direction, -direction.',
      )
    },
  )

  it.each(['', '.csv', '.json'])('is nowhere for no release (%s)', async (ending) => {
    expect((await app.inject(`/releases/2/changes${ending}`)).statusCode).toBe(404)
    expect((await app.inject(`/releases/x/changes${ending}`)).statusCode).toBe(404)
  })
})

describe('hostile addresses', () => {
  it.each([
    ['/%FF', 400],
    ['/providers/%00', 400],
    ['/search?q=%00', 400],
    ['/search?q=a&q=b', 400],
    ['/indicators/expected?sort=code;drop', 400],
    ['/indicators/expected?page=99999999999999999999', 400],
    ['/indicators/expected?page=0x2', 400],
    ['/indicators/expected?page=1e0', 400],
    ['/indicators/expected?page=1.0', 400],
    ['/indicators/expected?page=%201', 400],
    ['/indicators/expected?page=', 400],
    ['/record?entry=0x1', 400],
    ['/indicators/expected?as-of=2023-02-30', 400],
    ['/providers/X?as-of=yesterday', 400],
    ['/?as-of=0000-01-01', 400],
    ['/?as-of=0000-01-01T00:00:00Z', 400],
    ['/?as-of=2026-01-01T00:00:00%2B23:59', 400],
    [`/?as-of=2026-01-01T00:00:00.${'1'.repeat(300)}Z`, 400],
    ['/providers/nobody', 404],
    ['/providers/__proto__', 404],
    ['/services/constructor', 404],
    ['/indicators/constructor', 404],
    ['/places/nowhere', 404],
    ['/releases/99999999999999999999', 404],
    ['/releases/-1', 404],
    [`/search?q=${'x'.repeat(5000)}`, 400],
    ['/assets/..%2f..%2fserver.ts', 404],
    ['/nothing', 404],
  ])('%s answers %i with a page of ours', async (url, status) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['content-security-policy']).toBeDefined()
    expect(answer.body).toContain('<h1')
  })

  it.each([
    ['/indicators/nothing.csv', 404],
    ['/indicators/nothing.json', 404],
    ['/indicators/nothing.atom', 404],
    ['/services/expected.csv', 404],
    ['/providers/X10001.csv', 404],
    ['/nothing.parquet', 404],
    ['/indicators/expected.csv?as-of=yesterday', 400],
    ['/providers/a%00b.json', 400],
    ['/indicators/expected.json?page=0x1', 400],
  ])(
    '%s, an address of data, is refused with %i in the form that its reader takes',
    async (url, status) => {
      const ask = (accept?: string) => app.inject({ url, headers: accept ? { accept } : {} })
      for (const accept of [undefined, '*/*', 'application/json', 'text/csv']) {
        const answer = await ask(accept)
        expect(answer.headers['content-type']).toContain('application/problem+json')
        expect(answer.headers.vary).toContain('accept')
        expect(answer.statusCode).toBe(status)
        expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
        expect(answer.json()).toMatchObject({ status, instance: url })
        expect(answer.json().detail).toMatch(/^[A-Z].*\.$/)
      }
      const page = await ask('text/html,application/xhtml+xml,*/*;q=0.8')
      expect(page.statusCode).toBe(status)
      expect(page.headers['content-type']).toContain('text/html')
      expect(page.body).toContain('<h1')
      const plain = await ask('text/plain')
      expect(plain.headers['content-type']).toContain('text/plain')
      expect(plain.body).not.toContain('<')
    },
  )

  it('says in a sentence what an address may ask where it asks for something else', async () => {
    const { body } = await app.inject('/indicators/expected?sort=size')
    expect(body).toContain('The part “sort” of the address is none of these: name, value, -value,')
    expect(body).not.toContain('Invalid option')
  })

  it('quotes nothing back unescaped', async () => {
    const { body } = await app.inject('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')
    expect(body).not.toContain('<script>')
  })

  it('answers another method with 405 and says which one works', async () => {
    const answer = await app.inject({ method: 'POST', url: '/search' })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers.allow).toContain('GET')
  })

  it('says sorry in our layout when the reader fails', async () => {
    const broken = await buildServer({
      reader: { ...fixtureReader, state: () => Promise.reject(new Error('secret detail')) },
      logLevel: 'silent',
      example: null,
      ready: async () => false,
    })
    const answer = await broken.inject('/')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret detail')
    expect((await broken.inject('/readyz')).statusCode).toBe(503)
    await broken.close()
  })
})

describe('the log', () => {
  it('has the requests of visitors and none of the pages that the server makes beforehand', async () => {
    const other = await buildServer({
      reader: fixtureReader,
      logLevel: 'info',
      example: null,
      ready: async () => true,
    })
    const said: unknown[] = []
    const info = (_: object, text?: string) => said.push(text)
    vi.spyOn(other.log, 'child').mockReturnValue(Object.assign(Object.create(other.log), { info }))
    await other.inject({ url: '/services/clinics', remoteAddress: nobody })
    expect(said).toEqual([])
    await other.inject('/services/clinics')
    expect(said).toEqual(['incoming request', 'request completed'])
    await other.close()
  })
})
