import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database/database.ts'
import { testKinds } from './database/testing.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { checkFiles } from './publishing/import.ts'
import { makeReader } from './reader.ts'
import { hasRealData, openReal, realData } from './testing-real.ts'
import { buildServer } from './web/server.ts'

const catalogue = loadCatalogue()

/** Published files, as the users would import them; see ../shared/data/README.md. */
describe.skipIf(!hasRealData).each(testKinds)('the published files on %s', (kind) => {
  let db: Database
  let app: Awaited<ReturnType<typeof buildServer>>
  beforeAll(async () => {
    db = await openReal(kind)
    const ready = async () => true
    app = await buildServer({
      reader: makeReader(db, catalogue),
      logLevel: 'silent',
      example: null,
      ready,
    })
  })
  afterAll(async () => {
    await app.close()
    await db.close()
  })

  it('reads every file: rows read = accepted + refused, none refused, none dropped', async () => {
    const { files } = await checkFiles(db, catalogue, [realData], { accept: 0, by: 'a test' })
    const read = files.filter((f) => f.outcome !== 'skipped')
    expect(read).toHaveLength(34)
    for (const f of read) {
      expect(f.report, f.path).not.toBeNull()
      expect(f.report?.rowsRead, f.path).toBe(
        (f.report?.rowsAccepted ?? 0) + (f.report?.rowsRefused ?? 0),
      )
      expect(f.report?.rowsRefused, f.path).toBe(0)
      expect(f.report?.rowsRead, f.path).toBeGreaterThan(0)
    }
    const names = files.filter((f) => f.outcome === 'skipped').map((f) => f.path)
    expect(names.every((n) => /\.pb(\.gz)?$|README\.md$|bank-holidays\.json$/.test(n))).toBe(true)
  })

  const page = async (url: string): Promise<string> => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    return answer.body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
  }

  it('The Densham Surgery shows £178.81 a patient in 2022-23', async () => {
    const text = await page('/providers/A81001')
    expect(text).toContain('The Densham Surgery')
    expect(text).toMatch(/NHS payments per registered patient £178\.81 2022-23/)
  })

  it('Anstey Junior School shows 63%, reading progress with its limits, and suppressed groups', async () => {
    const text = await page('/providers/115851')
    expect(text).toContain('Anstey Junior School')
    expect(text).toMatch(/reading, writing and maths 63% \(50 to 74\) 2018-19/)
    expect(text).toMatch(/Progress in reading -1\.9 \(-3\.4 to -0\.3\) 2018-19/)
    expect(text).toContain('First language: not English suppressed: too few people to show')
  })

  it('holds special schools only against each other', async () => {
    const text = await page('/providers/116600')
    expect(text).toContain('It is compared only with other special schools.')
    expect(text).toMatch(/all \d+ special schools here \(Hampshire\)/)
    expect(text).not.toMatch(/worse than England/)
    expect(await page('/indicators/ks2-rwm-expected')).toMatch(
      /Not in the picture: \d+ special schools\./,
    )
  })

  it('marks closed schools, counts them apart, and lists them last', async () => {
    expect(await page('/')).toContain('368 have closed')
    const found = await page('/search?q=bordon+junior')
    expect(found).toMatch(
      /Bordon Junior School(?!.*closed.*Bordon Junior School).*closed 31 August 2018/,
    )
  })

  it('shows what the source says of single values', async () => {
    expect(await page('/places/E06000060.json')).toContain(
      'Value for Bucks County applied to Bucks UA',
    )
  })

  it('tells a part of a release by its place, and a postcode without a match as such', async () => {
    expect(await page('/releases?dataset=ks2')).toContain('Hampshire, 2018-19')
    expect(await page('/search?q=GU34%201AA')).toContain('No exact match')
  })

  it('England’s smoking is everyone’s, not a group’s', async () => {
    const answer = await app.inject('/indicators/fingertips-91547.json?period=2013-14')
    expect(answer.json().summary.breakdown).toBe('')
  })

  it('England’s smoking in 2013-14 is 19.2% (19.16 to 19.18) from 8,935,216 of 46,608,552', async () => {
    const text = await page('/indicators/fingertips-91547?period=2013-14')
    expect(text).toContain(
      'England: 19.2% (19.16 to 19.18) in 2013-14, from 8,935,216 of 46,608,552.',
    )
  })

  it('finds ansty for Anstey, and the schools of GU34', async () => {
    expect(await page('/search?q=ansty')).toContain('Anstey Junior School')
    expect(await page('/search?q=GU34')).toContain('Alton Infant School')
  })

  it.each([
    '/',
    '/services/primary-school',
    '/providers/115851/peers',
    '/places/E10000014',
    '/places/E92000001',
    '/indicators/ks2-rwm-expected?q=anstey&sort=-value',
    '/indicators/ks2-rwm-expected?group=sex%3Dboys',
    '/releases',
    '/releases/1',
    '/compare?providers=115851,115852',
    '/about',
    '/about/words',
    '/about/methods',
    '/providers/115851?as-of=2000-01-01',
  ])('%s answers', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(url.includes('as-of') ? 404 : 200)
    expect(answer.body).toContain('<title>')
  })

  it.each([
    '/search?q=%00',
    '/%FF',
    '/search?q=a&q=b',
    '/providers/115851?as-of=2023-02-30',
    '/indicators/ks2-rwm-expected?page=-1',
    '/indicators/ks2-rwm-expected?page=1e99',
    `/search?q=${'x'.repeat(500)}`,
    '/indicators/ks2-rwm-expected?sort=name;drop table release',
  ])('%s is refused with a page of ours', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('Plumbline')
  })

  it.each([
    '/providers/nobody',
    '/releases/99999999999',
    '/releases/x',
    '/nowhere',
    '/services/none',
  ])('%s is not there, and the page helps', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('Search')
  })

  it('gives the same as data: JSON, and CSV with a status for each row', async () => {
    const json = await app.inject('/providers/115851.json')
    expect(JSON.parse(json.body)).toMatchObject({ code: '115851', name: 'Anstey Junior School' })
    const csv = await app.inject('/indicators/ks2-rwm-expected.csv')
    const line = csv.body.split('\r\n').find((l) => l.startsWith('115851,'))
    expect(line).toContain(',2018-19,,value,63,')
  })

  it('escapes what people type', async () => {
    const { body } = await app.inject('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')
    expect(body).not.toContain('<script>')
    expect(body).toContain('&lt;script&gt;')
  })
})
