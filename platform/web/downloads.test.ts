import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { brokenRules } from '../downloads/csv-on-the-web-rules.ts'
import { dataPackageSchema } from '../downloads/data-package-rules.ts'
import { Downloads } from '../downloads/downloads.ts'
import { makeDownload } from '../downloads/make.ts'
import { DownloadRefused, makeFile } from '../downloads/make-file.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { addDownloads, askedFor } from './downloads.ts'
import { buildServer } from './server.ts'

/** The validator of Frictionless Data, by the profiles of version 1: it brings no types. */
const { validate }: { validate: (of: unknown) => Promise<{ valid: boolean; errors: Error[] }> } =
  createRequire(import.meta.url)('datapackage')

const everything = '/downloads/everything.csv'

/** A file that no socket holds at once. */
const long = () => ({
  pieces: (async function* () {
    for (let i = 0; i < 200; i++) yield Buffer.alloc(50_000, String(i))
  })(),
  rows: () => null,
  releases: () => null,
})

describe.each(testDatabases())('downloads on $kind', ({ open }) => {
  let db: Database
  let app: FastifyInstance
  let origin: string
  let makings = 0
  /** What the next making waits for, or fails with. */
  let gate: Promise<void> = Promise.resolve()
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-downloads-'))

  beforeAll(async () => {
    db = await prepare(await open())
    const rows = clinicRows((i, line) => (i === 3 ? 'C103,Clinic 3,town,SUPP,,20' : line))
    await importAndPublish(db, clinics, [writeFile('clinics-2023.csv', rows)])
    const reader = makeReader(db, clinics)
    const downloads = new Downloads(db, folder, async (state, asked, path) => {
      makings += 1
      await gate
      if (asked.form === 'parquet')
        return makeFile(path, long(), { modified: new Date(0), noted: true })
      const source = { db, catalogue: clinics, shipped: clinics, state, noted: true }
      return makeDownload(source, asked, path)
    })
    app = await buildServer({
      reader,
      downloads,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    origin = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await app?.close()
    await db?.close()
  })

  it('gives a file with its length, its tag and the day of its publication', async () => {
    const answer = await fetch(origin + everything, { headers: { 'accept-encoding': 'gzip, br' } })
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    expect(answer.headers.get('last-modified')).toBeTruthy()
    const lines = bytes.toString('utf8').split('\r\n')
    expect(lines).toHaveLength(42)
    expect(lines.find((l) => l.includes(',C103,'))).toBe(
      'seen-in-time,provider,C103,Clinic 3,clinic,2023,2023-01-01,2023-12-31,,suppressed,,,,,,,,,,,1,',
    )
    // Not by fetch, which says no-cache beside a tag of ours and so asks for all of it.
    const known = { 'if-none-match': answer.headers.get('etag') ?? '' }
    expect((await app.inject({ url: everything, headers: known })).statusCode).toBe(304)
    const head = await fetch(origin + everything, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
  })

  it('goes on where it stopped: the parts make the whole', async () => {
    const whole = Buffer.from(await (await fetch(origin + everything)).arrayBuffer())
    const part = async (range: string) => {
      const answer = await fetch(origin + everything, { headers: { range } })
      expect(answer.status).toBe(206)
      return Buffer.from(await answer.arrayBuffer())
    }
    const parts = [await part('bytes=0-99'), await part('bytes=100-')]
    expect(Buffer.concat(parts).equals(whole)).toBe(true)
    const beyond = await fetch(origin + everything, { headers: { range: 'bytes=999999999-' } })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-type')).toContain('application/problem+json')
    expect(beyond.headers.get('content-range')).toBe(`bytes */${whole.length}`)
    expect(await beyond.json()).toMatchObject({ type: '/api#not-in-range', status: 416 })
  })

  it.each(['bytes=abc', 'bytes=9-3', 'lines=1-2', 'bytes=-', 'bytes=1-2,x'])(
    'sends the whole to who asks for a part that nobody can read: %s',
    async (range) => {
      const answer = await app.inject({ url: everything, headers: { range } })
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length))
    },
  )

  it.each([
    [
      '/downloads/indicators/seen-in-tiem.csv',
      'Did you mean /downloads/indicators/seen-in-time.csv?',
    ],
    ['/downloads/places/NOPE.csv', '/api/v1/places'],
    ['/downloads/releases/99.csv', '/api/v1/releases'],
    ['/downloads/all.csv', '/downloads.json'],
  ])('says where to look instead of %s', async (url, instead) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.json().detail).toContain(instead)
  })

  it('refuses filters that it would have to ignore', async () => {
    const answer = await app.inject(`${everything}?period=2023`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().detail).toContain('“period”')
    expect(answer.json().detail).toContain('/api/v1/observations')
  })

  it('sends a part to who has the same bytes by a strong tag alone, else the whole', async () => {
    const { headers, rawPayload } = await app.inject(everything)
    const tag = String(headers.etag)
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
    const ask = (ifRange: string) =>
      app.inject({ url: everything, headers: { range: 'bytes=10-19', 'if-range': ifRange } })
    const part = await ask(tag)
    expect(part.statusCode).toBe(206)
    expect(part.rawPayload.equals(rawPayload.subarray(10, 20))).toBe(true)
    expect((await ask(String(headers['last-modified']))).statusCode).toBe(206)
    for (const other of [
      `W/${tag}`,
      '"other"',
      'W/"other"',
      '"',
      'Mon, 01 Jan 2001 00:00:00 GMT',
    ]) {
      const all = await ask(other)
      expect([other, all.statusCode, all.rawPayload.length]).toEqual([
        other,
        200,
        rawPayload.length,
      ])
    }
    const held = (name: string, value: string) =>
      app.inject({ url: everything, headers: { [name]: value } })
    expect((await held('if-match', tag)).statusCode).toBe(200)
    expect((await held('if-match', '"other"')).statusCode).toBe(412)
    expect((await held('if-none-match', '"other"')).statusCode).toBe(200)
    expect((await held('if-none-match', `"other", W/${tag}`)).statusCode).toBe(304)
    expect((await held('if-modified-since', String(headers['last-modified']))).statusCode).toBe(304)
  })

  it('may be read by pages of other sites, in parts too', async () => {
    const elsewhere = { origin: 'https://elsewhere.example' }
    for (const url of [everything, '/downloads/everything/datapackage.json', '/catalog']) {
      const answer = await app.inject({ url, headers: elsewhere })
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      expect(answer.headers['access-control-expose-headers']).toContain('content-range')
    }
    const asked = await app.inject({
      method: 'OPTIONS',
      url: everything,
      headers: {
        ...elsewhere,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range, if-range',
      },
    })
    expect(asked.statusCode).toBe(204)
    expect(asked.headers['access-control-allow-headers']).toContain('range')
  })

  it('answers 304 to who has the catalogue or the site map already', async () => {
    for (const url of ['/catalog', '/sitemap.xml', '/downloads/everything/datapackage.json']) {
      const { headers } = await app.inject(url)
      const known = { 'if-none-match': String(headers.etag) }
      const again = await app.inject({ url, headers: known })
      expect([url, again.statusCode, again.body]).toEqual([url, 304, ''])
    }
  })

  it('writes no address that is none: a made-up host gets into nothing', async () => {
    for (const host of ['evil.example/x', 'a"b', 'a b', '<x>', 'a@b', '[::1', ':80', 'a,b']) {
      for (const url of [
        '/catalog',
        '/sitemap.xml',
        '/robots.txt',
        '/downloads/everything/datapackage.json',
      ]) {
        const { statusCode, body } = await app.inject({ url, headers: { host } })
        if (statusCode === 400) continue
        expect(body).toContain('http://localhost')
        expect(body).not.toContain(host)
      }
    }
    const real = await app.inject({ url: '/robots.txt', headers: { host: '[::1]:3000' } })
    expect(real.body).toContain('http://[::1]:3000/sitemap.xml')
  })

  it('lets one address have so many files made, and all take what is made', async () => {
    const { default: Fastify } = await import('fastify')
    const small = Fastify()
    const made = new Set<string>()
    const downloads = new Downloads(
      db,
      mkdtempSync(join(tmpdir(), 'plumbline-few-')),
      (state, asked, path) => {
        made.add(path)
        return makeDownload(
          { db, catalogue: clinics, shipped: clinics, state, noted: true },
          asked,
          path,
        )
      },
    )
    await addDownloads(
      small,
      { reader: makeReader(db, clinics), downloads, address: null, makings: 2 },
      (reply, status, title, sentence) => reply.code(status).send({ title, sentence }),
    )
    const ask = (form: string) => small.inject(`/downloads/everything.${form}`)
    expect((await ask('csv')).statusCode).toBe(200)
    expect((await ask('jsonl')).statusCode).toBe(200)
    const refused = await ask('parquet')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await ask('csv')).statusCode).toBe(200)
    expect(made.size).toBe(2)
    await small.close()
  })

  it('is made once for all who ask, and a client that goes away breaks nothing', async () => {
    const before = makings
    let let_go = (): void => undefined
    gate = new Promise((resolve) => {
      let_go = resolve
    })
    const path = '/downloads/indicators/seen-in-time.csv'
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    const others = [fetch(origin + path), fetch(origin + path)]
    await wait(100)
    const lying = (): string[] => readdirSync(join(folder, '1'))
    expect(lying()).not.toContain('indicators-seen-in-time.csv')
    socket.destroy()
    let_go()
    const texts = await Promise.all(others.map(async (o) => (await o).text()))
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]?.split('\r\n')).toHaveLength(42)
    expect(makings).toBe(before + 1)
    expect(lying().filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('says what went wrong, and is whole the next time', async () => {
    gate = Promise.reject(new DownloadRefused('The disk is full, so nothing can be made.'))
    gate.catch(() => undefined)
    const path = '/downloads/everything.jsonl'
    const refused = await app.inject(path)
    expect(refused.statusCode).toBe(503)
    expect(refused.body).toContain('The disk is full, so nothing can be made.')
    gate = Promise.resolve()
    expect((await app.inject(path)).statusCode).toBe(200)
  })

  it('serves eight who read slowly, each the whole file, and pages meanwhile', async () => {
    const { hostname, port } = new URL(origin)
    let begun = 0
    const slow = async (): Promise<string> => {
      const socket = connect(Number(port), hostname)
      socket.write(
        'GET /downloads/everything.parquet HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      )
      const hash = createHash('sha256')
      let headers = ''
      for await (const chunk of socket) {
        begun += 1
        if (headers.includes('\r\n\r\n')) hash.update(chunk)
        else {
          headers += chunk.toString('latin1')
          const end = headers.indexOf('\r\n\r\n')
          if (end >= 0) hash.update(Buffer.from(headers.slice(end + 4), 'latin1'))
        }
        await wait(2)
      }
      return hash.digest('hex')
    }
    const reading = Array.from({ length: 8 }, slow)
    while (begun < 8) await wait(5)
    expect((await app.inject('/services/clinic')).statusCode).toBe(200)
    const { body } = await app.inject('/downloads.json')
    const { sha256 } = JSON.parse(body).everything[2]
    expect(await Promise.all(reading)).toEqual(Array(8).fill(sha256))
  })

  it('is described as a data package with the checksum of what is sent', async () => {
    for (const path of ['everything', 'indicators/seen-in-time', 'releases/1']) {
      const { body } = await app.inject(`/downloads/${path}/datapackage.json`)
      const found = JSON.parse(body)
      const [resource] = found.resources
      for (const profile of ['data-package', 'tabular-data-package']) {
        const { valid, errors } = await validate({ ...found, profile })
        expect([path, profile, valid, errors]).toEqual([path, profile, true, []])
      }
      expect([path, dataPackageSchema.safeParse(found).error]).toEqual([path, undefined])
      const sent = Buffer.from(
        await (await fetch(origin + new URL(resource.path).pathname)).arrayBuffer(),
      )
      expect(resource.bytes).toBe(sent.length)
      expect(resource.hash).toBe(`sha256:${createHash('sha256').update(sent).digest('hex')}`)
      expect(found.licenses).toEqual([
        {
          name: 'CC0-1.0',
          title: 'CC0',
          path: 'https://creativecommons.org/publicdomain/zero/1.0/',
        },
      ])
      expect(found.sources).toEqual([
        { title: 'Nobody: Made-up clinics', path: 'https://example.org/clinics' },
      ])
    }
  })

  it('is told from what is no data package', async () => {
    const { body } = await app.inject('/downloads/everything/datapackage.json')
    const found = JSON.parse(body)
    expect((await validate({ ...found, resources: [] })).valid).toBe(false)
    const [first] = found.resources
    for (const wrong of [
      { $schema: 'https://datapackage.org/profiles/1.0/datapackage.json' },
      { created: 'yesterday' },
      { licenses: [] },
      { licenses: [{ name: 'as the council says' }] },
      { sources: [{ title: 'A council', path: '' }] },
      { resources: [] },
      { resources: [first, first] },
      { resources: [{ ...first, path: '../figures.csv' }] },
      { resources: [{ ...first, hash: 'sha256:not a checksum' }] },
      { resources: [{ ...first, schema: { fields: [] } }] },
    ])
      expect([wrong, dataPackageSchema.safeParse({ ...found, ...wrong }).success]).toEqual([
        wrong,
        false,
      ])
    const nameless = { ...found.resources[0], schema: { fields: [{ type: 'string' }] } }
    const profile = 'tabular-data-package'
    expect((await validate({ ...found, profile, resources: [nameless] })).valid).toBe(false)
  })

  it('is described as CSV on the Web, column by column as the header has them', async () => {
    const answer = await app.inject('/downloads/everything.csv')
    expect(answer.headers.link).toContain('</downloads/everything.csv-metadata.json>')
    const metadata = (await app.inject('/downloads/everything.csv-metadata.json')).json()
    expect(metadata.url).toBe('everything.csv')
    const titles = metadata.tableSchema.columns.map((c: { titles: string }) => c.titles)
    expect(answer.body.startsWith(`${titles.join(',')}\r\n`)).toBe(true)
    expect(brokenRules(metadata, answer.body)).toEqual([])
  })

  it('is told from what CSV on the Web does not take', async () => {
    const { body } = await app.inject('/downloads/everything.csv')
    const metadata = (await app.inject('/downloads/everything.csv-metadata.json')).json()
    const [, second = ''] = body.split('\r\n')
    const cells = second.split(',')
    /** The table with another word in one of its cells. */
    const having = (column: string, word: string) => {
      const at = metadata.tableSchema.columns.findIndex((c: { name: string }) => c.name === column)
      return body.replace(second, cells.map((cell, i) => (i === at ? word : cell)).join(','))
    }
    for (const [column, word, says] of [
      ['status', 'hidden', 'Row 2, status: “hidden” is no'],
      ['value', 'many', 'Row 2, value: “many” is no "number"'],
      ['release', '1.5', 'Row 2, release: “1.5” is no "integer"'],
      ['period_start', '01/04/2023', 'Row 2, period_start: “01/04/2023” is no "date"'],
      ['subject', '', 'Row 2, subject: is required'],
    ] as const) {
      const found = brokenRules(metadata, having(column, word))
      expect(found).toHaveLength(1)
      expect(found[0]).toContain(says)
    }
    expect(brokenRules(metadata, body.replace('indicator,', 'measure,'))).toHaveLength(1)
    expect(brokenRules({ ...metadata, licence: 'open' }, body)).toHaveLength(1)
    expect(brokenRules({ ...metadata, 'dc:source': { name: 'A council' } }, body)).toHaveLength(1)
    expect(brokenRules({ ...metadata, '@context': {} }, body)).toHaveLength(1)
  })

  it('leads from what is said of a past state to the files of that state', async () => {
    const then = '?as-of=2999-01-01'
    const described = (await app.inject(`/downloads/everything/datapackage.json${then}`)).json()
    const { pathname, search } = new URL(described.resources[0].path)
    expect([pathname, search]).toEqual([everything, then])
    const { headers } = await app.inject(everything + then)
    expect(headers.link).toContain(`</downloads/everything.csv-metadata.json${then}>`)
    const metadata = (await app.inject(`/downloads/everything.csv-metadata.json${then}`)).json()
    expect(metadata.url).toBe(`everything.csv${then}`)
    const text = (await app.inject(`/catalog${then}`)).body
    for (const file of ['everything.csv', 'indicators/seen-in-time.parquet', 'plumbline.zip'])
      expect(text).toContain(`/downloads/${file}${then}"`)
    expect((await app.inject('/catalog')).body).not.toContain('as-of')
  })

  it('comes as one ZIP file, which is the package', async () => {
    const answer = await app.inject('/downloads/plumbline.zip')
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const names = answer.rawPayload.toString('latin1')
    for (const name of ['datapackage.json', 'subjects.csv', 'figures/release-1.csv']) {
      expect(names).toContain(name)
    }
    const left = readdirSync(join(folder, '1')).filter((n) => n.startsWith('.'))
    expect(left).toEqual([])
  })

  it('shows a past state, and nothing before there was any', async () => {
    const then = await app.inject(`${everything}?as-of=2000-01-01`)
    expect(then.statusCode).toBe(404)
    expect((await app.inject(`${everything}?as-of=2999-01-01`)).statusCode).toBe(200)
    expect((await app.inject(`${everything}?as-of=soon`)).statusCode).toBe(400)
  })

  it.each([
    '/downloads/all.csv',
    '/downloads/everything.exe',
    '/downloads/indicators/none.csv',
    '/downloads/releases/99.csv',
    '/downloads/releases/x.csv',
    '/downloads/places/C100.csv',
    '/downloads/places/..%2F..%2Fetc%2Fpasswd.csv',
    '/downloads/providers/C100.csv',
    '/downloads/everything/everything.csv',
    '/sitemap-1.xml',
  ])('there is nothing at %s', async (url) => {
    const answer = await app.inject({ url, headers: { accept: 'text/html,*/*;q=0.8' } })
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('<main')
    const toPrograms = await app.inject(url)
    expect(toPrograms.statusCode).toBe(404)
    if (url.startsWith('/downloads/')) {
      expect(toPrograms.headers['content-type']).toContain('application/problem+json')
      expect(toPrograms.json()).toMatchObject({ type: '/api#nothing-here', instance: url })
    }
  })

  it('can only be read', async () => {
    expect((await app.inject({ method: 'POST', url: everything })).statusCode).toBe(405)
    expect((await app.inject('/downloads/places/%00.csv')).statusCode).toBe(400)
  })

  it('has a page with sizes once a file is made', async () => {
    await app.inject(everything)
    const { body } = await app.inject('/downloads')
    expect(body).toContain('You can take away every figure on this site: all 40 of them.')
    expect(body).toMatch(/everything\.csv"[^(]*\(\d[^)]*kB\)/)
    const data = (await app.inject('/downloads.json')).json()
    expect(data.everything[0].sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is listed for harvesters, with whole addresses', async () => {
    const catalogue = await app.inject({ url: '/catalog', headers: { host: 'open.example.org' } })
    expect(catalogue.headers['content-type']).toBe('application/ld+json; charset=utf-8')
    const found = catalogue.json()
    expect(found['dcat:dataset']).toHaveLength(2)
    expect(found['dcat:dataset'][1]['dcat:distribution'][0]['dcat:downloadURL']['@id']).toBe(
      'http://open.example.org/downloads/indicators/seen-in-time.csv',
    )
    const map = await app.inject('/sitemap.xml')
    expect(map.body).toContain('/providers/C100</loc>')
    const odd = await app.inject({ url: '/sitemap.xml', headers: { host: 'a"><script>' } })
    expect(odd.body).not.toContain('<script>')
  })
})

it.each([
  [['everything.csv'], 'file'],
  [['everything', 'datapackage.json'], 'datapackage'],
  [['everything.csv-metadata.json'], 'csv-metadata'],
  [['indicators', 'a.b.parquet'], 'file'],
  [['indicators', '.csv'], null],
  [['indicators'], null],
  [['indicators', 'a', 'datapackage.json', 'x'], null],
  [[''], null],
  [['__proto__', 'x.csv'], null],
])('%j asks for: %s', (parts, what) => {
  expect(askedFor(parts)?.what ?? null).toBe(what)
})
