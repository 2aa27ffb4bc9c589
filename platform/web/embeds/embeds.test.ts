import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixtureAddresses, fixtureEmbeds } from '../addresses.ts'
import { fixtureReader } from '../fixture.ts'
import { buildServer } from '../server.ts'
import { wrap } from './embed-svg.ts'

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

/** The same address with an ending on its path. */
const ending = (address: string, end: string): string => address.replace(/(\?|$)/, `${end}$1`)

describe.each(fixtureEmbeds)('%s', (address) => {
  it('is a small page that may stand anywhere, with its source and one way back', async () => {
    const answer = await app.inject(address)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-security-policy']).toContain('frame-ancestors *')
    expect(answer.headers['content-security-policy']).not.toMatch(/script-src|unsafe/)
    expect(answer.headers['x-frame-options']).toBeUndefined()
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(answer.headers['x-robots-tag']).toBe('noindex')
    const { body } = answer
    expect(body).not.toMatch(/<script|<header|<footer|<nav|\sstyle="|undefined|NaN|<i>Ash|<b>&/)
    expect(body.match(/<a /g)).toHaveLength(1)
    expect(body.match(/<link rel="canonical" href="[^"]+">/g)).toHaveLength(1)
    expect(body).toMatch(/<a [^>]*href="\/[^"]*" target="_top"/)
    expect(body).toContain(example)
    expect(body).toContain('Source: The Office of Invention, Invented school results')
    expect(body).toContain('Published 1 October 2024')
  })

  it('is a picture that stands alone and says in words what it shows', async () => {
    const answer = await app.inject(ending(address, '.svg'))
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('image/svg+xml; charset=utf-8')
    expect(answer.headers['content-security-policy']).toContain('sandbox')
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(answer.body).not.toMatch(
      /<script|url\((?!#map-|#legend-)|var\(|undefined|NaN|<i>Ash|table below/,
    )
    const [, words = ''] = /<desc[^>]*>([^<]*)</.exec(answer.body) ?? []
    expect(words).toContain(example)
    expect(words).toContain('Source:')
    const json = (await app.inject(ending(address, '.json'))).json()
    expect(json.words.length).toBeGreaterThan(20)
    expect(words.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain(
      json.words.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    )
  })

  it('answers 304 to its own tag, and another tag as a picture', async () => {
    const { headers } = await app.inject(address)
    const known = { 'if-none-match': String(headers.etag) }
    expect((await app.inject({ url: address, headers: known })).statusCode).toBe(304)
    const svg = await app.inject({ url: ending(address, '.svg'), headers: known })
    expect(svg.statusCode).toBe(200)
  })

  it('stays in the past that is asked for, and leads there', async () => {
    const past = `${address}${address.includes('?') ? '&' : '?'}as-of=2024-12-01`
    const { body } = await app.inject(past)
    expect(body).toContain('As it was on 2024-12-01.')
    expect(body).toMatch(/href="[^"]*as-of=2024-12-01[^"]*" target="_top"/)
    const svg = await app.inject(ending(past, '.svg'))
    expect(svg.body).toContain('As it was on 2024-12-01.')
    expect(svg.body).toMatch(/<a href="http:\/\/localhost[^"]*as-of=2024-12-01/)
  })
})

describe('a hidden figure', () => {
  it('says that it is hidden, and nothing else of it', async () => {
    const address = '/embed/providers/X10001/indicators/expected'
    for (const end of ['', '.svg']) {
      const { body } = await app.inject(`${address}${end}?group=sex%3Dboys`)
      expect(body).toMatch(/uppressed: too few people to show/)
      expect(body).not.toMatch(/class="pl-(bob|plumb|thick|dot)|38 of 60/)
    }
  })
})

describe('a funnel plot', () => {
  it('has no dot, row or point of a hidden figure, and counts those it draws', async () => {
    const address = '/embed/indicators/absence/funnel'
    for (const end of ['', '.svg', '.json']) {
      const { body } = await app.inject(`${address}${end}`)
      expect(body).toContain('2 primary schools with counts. Within')
      expect(body).not.toMatch(/Mossgate|X10003/)
    }
    const { points } = (await app.inject(`${address}.json`)).json()
    expect(points).toMatchObject([
      { code: 'X10001', outside: 0 },
      { code: 'X10002', outside: 2 },
    ])
    const { body } = await app.inject(`${address}.svg`)
    expect(body.match(/class="pl-funnel-within" d="M[^M"]+"/g)).toHaveLength(1)
    expect(body.match(/class="pl-funnel-far" d="M[^M"]+"/g)).toHaveLength(1)
  })
})

describe('no other page', () => {
  it.each(fixtureAddresses)('%s may be framed', async (address) => {
    const { headers } = await app.inject(address)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })
})

describe('what cannot be embedded', () => {
  it.each([
    ['/embed/providers/nobody/card', 404],
    ['/embed/providers/P1/card', 404],
    ['/embed/places/X10001/indicators/expected', 404],
    ['/embed/providers/X10001/indicators/nothing', 404],
    ['/embed/providers/X10001/indicators/expected?group=sex%3Dnobody', 404],
    ['/embed/indicators/constructor', 404],
    ['/embed/indicators/nothing/funnel', 404],
    ['/embed/indicators/spending/funnel', 404],
    ['/embed/indicators/expected/funnel', 404],
    ['/embed/indicators/expected/map', 404],
    ['/embed/indicators/nothing/map', 404],
    ['/embed/compare', 404],
    ['/embed/compare?providers=X10001', 404],
    ['/embed/compare?providers=X10001,X10002&indicator=nothing', 404],
    ['/embed/nothing', 404],
    ['/embed/providers/X90001/card', 410],
    ['/embed/providers/%00/card', 400],
    ['/embed/indicators/expected?chart=pie', 400],
  ])('%s says so in its frame: %i', async (address, status) => {
    for (const end of ['', '.svg']) {
      const answer = await app.inject(ending(address, end))
      expect(answer.statusCode).toBe(status)
      expect(answer.headers['content-security-policy']).toContain('frame-ancestors *')
      expect(answer.body).toContain(end === '' ? '<h1' : '<desc')
      expect(answer.headers.etag).toBeUndefined()
    }
  })

  it('refuses other methods', async () => {
    const answer = await app.inject({ method: 'POST', url: '/embed/indicators/expected' })
    expect(answer.statusCode).toBe(405)
  })
})

describe('the snippet', () => {
  const of = (address: string): string => `/embed?of=${encodeURIComponent(address)}`

  it('names the frame and the picture, by the address that the operator set', async () => {
    const set = await buildServer({
      reader: fixtureReader,
      logLevel: 'silent',
      example,
      ready: async () => true,
      address: 'https://plumbline.example',
    })
    const answer = await set.inject({
      url: `/embed.json?of=${encodeURIComponent('/providers/X10001/card')}`,
      headers: { host: 'evil.example' },
    })
    const { page, svg, iframe, img } = answer.json()
    expect(page).toBe('https://plumbline.example/embed/providers/X10001/card')
    expect(svg).toBe('https://plumbline.example/embed/providers/X10001/card.svg')
    expect(iframe).toContain(`src="${page}"`)
    expect(img).toContain(`src="${svg}"`)
    // A picture of 400 pixels in a page of 320 makes the whole page scroll sideways.
    expect(img).toContain('style="max-width:100%;height:auto"')
    await set.close()
  })

  it('can be copied without a script', async () => {
    const { body } = await app.inject(of('/providers/X10002/indicators/expected'))
    expect(body).toMatch(/<textarea[^>]*readonly/)
    expect(body).toContain('&lt;iframe src=')
    expect(body).toContain('<iframe class="pl-preview" src="/embed/providers/X10002/indicators')
  })

  it('is written anew: nothing that was typed gets into it', async () => {
    const { body } = await app.inject(
      of('/compare?providers=X10001,X10002&utm="><script>alert(1)</script>'),
    )
    expect(body).not.toMatch(/alert|utm/)
    for (const other of [
      '//evil.example/providers/X10001/card',
      '/about',
      'javascript:alert(1)',
      '/%zz',
    ]) {
      expect((await app.inject(of(other))).statusCode).toBe(other.startsWith('//') ? 200 : 404)
    }
    expect((await app.inject(of('//evil.example/providers/X10001/card'))).body).not.toContain(
      'evil',
    )
  })

  it('keeps the past in which it was opened', async () => {
    const { body } = await app.inject(`${of('/indicators/expected')}&as-of=2024-12-01`)
    expect(body).toContain('src="/embed/indicators/expected?as-of=2024-12-01"')
    expect(body).toContain('It stays as it was on 2024-12-01')
  })

  it.each([
    ['/providers/X10001', '/providers/X10001/indicators/expected'],
    ['/providers/X10001', '/providers/X10001/card'],
    ['/indicators/expected', '/indicators/expected'],
    ['/places/P1', '/places/P1/indicators/expected'],
    ['/compare?providers=X10001,X10002', '/compare?providers=X10001,X10002&indicator=expected'],
    [
      '/compare?place=P1&service=primary-school',
      '/compare?place=P1&service=primary-school&indicator=expected',
    ],
  ])('of %s is linked beside its download', async (page, embed) => {
    const { body } = await app.inject(page)
    const link = /href="(\/embed\?of=[^"]*)"/g
    const all = Array.from(body.matchAll(link), (m) => (m[1] ?? '').replaceAll('&amp;', '&'))
    const targets = all.map((a) => new URLSearchParams(a.split('?')[1]).get('of'))
    expect(targets).toContain(embed)
    for (const address of all) expect((await app.inject(address)).statusCode).toBe(200)
  })
})

it('breaks lines so that nothing is lost and none is too long', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 12 }),
      fc.integer({ min: 8, max: 30 }),
      (words, size) => {
        const text = words.join(' ')
        const lines = wrap(text, size, 368)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        const most = Math.max(4, Math.floor(368 / (size * 0.58)))
        for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(most)
      },
    ),
  )
})

describe('oEmbed', () => {
  const ask = (search: Record<string, string>) =>
    app.inject(`/oembed?${new URLSearchParams(search)}`)

  it.each([
    ['/providers/X10001', '/embed/providers/X10001/card'],
    ['/providers/X10001/card', '/embed/providers/X10001/card'],
    ['/providers/X10001#expected', '/embed/providers/X10001/indicators/expected'],
    ['/places/P1#absence', '/embed/places/P1/indicators/absence'],
    ['/indicators/expected?sort=name', '/embed/indicators/expected'],
    ['/compare?providers=X10001,X10002', '/embed/compare?providers=X10001,X10002'],
    ['/embed/indicators/expected', '/embed/indicators/expected'],
    ['/indicators/expected?as-of=2024-12-01', '/embed/indicators/expected?as-of=2024-12-01'],
  ])('of %s is the frame of %s', async (page, embed) => {
    const answer = await ask({ url: `http://localhost:80${page}`, maxwidth: '300' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    const { html, ...rest } = answer.json()
    expect(rest).toMatchObject({ version: '1.0', type: 'rich', width: 300 })
    expect(html).toContain(`<iframe src="http://localhost:80${embed}"`)
    expect((await app.inject(embed)).statusCode).toBe(200)
  })

  it.each([
    [{ url: 'https://elsewhere.example/providers/X10001' }, 404],
    [{ url: 'http://localhost:80/about' }, 404],
    [{ url: 'http://localhost:80/providers/nobody' }, 404],
    [{ url: 'http://localhost:80/indicators/expected?as-of=yesterday' }, 404],
    [{ url: 'http://localhost:80/indicators/expected', format: 'xml' }, 501],
    [{ url: 'http://localhost:80/indicators/expected', maxwidth: 'wide' }, 400],
    [{}, 400],
  ])('refuses %j with %i', async (search, status) => {
    const answer = await ask(search)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it.each([
    '/providers/X10001',
    '/providers/X10001/card',
    '/indicators/expected',
    '/compare?providers=X10001,X10002',
    '/compare?place=P1&service=primary-school&as-of=2024-12-01',
  ])('is found from %s', async (page) => {
    const { body } = await app.inject(page)
    const [, href = ''] = /type="application\/json\+oembed" href="([^"]*)"/.exec(body) ?? []
    const answer = await app.inject(href.replaceAll('&amp;', '&'))
    expect(answer.statusCode).toBe(200)
    expect(answer.json().html.includes('as-of=2024-12-01')).toBe(page.includes('as-of'))
  })
})
