import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { grantRole } from '../people/grants.ts'
import { testPeople } from '../people/testing.ts'
import { importFiles } from '../publishing/import.ts'
import { writeFile } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { type TestUploads, testUploads } from '../uploads/testing.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'

/** An unknown file: how many of each practice's patients waited less than two weeks. */
export const waitsCsv = (change = (i: number): number => 60 + i): string =>
  [
    'practice,practice name,waited less,within two weeks,asked',
    ...Array.from({ length: 30 }, (_, i) => {
      const part = change(i)
      return `Q${10_100 + i},Surgery ${i},${((100 * part) / 120).toFixed(1)},${part},120`
    }),
  ].join('\n')

/** What an analyst answers about it. */
export const waitsAnswers: Readonly<Record<string, string>> = {
  title: 'Waits at practices',
  publisher: 'The county',
  source: 'https://example.org/waits',
  licence: 'CC0 1.0',
  who: 'practice',
  name: 'practice name',
  kind: 'provider',
  service: 'general-practice',
  level: '',
  unknown: 'register',
  when: 'name',
  'when-kind': 'year',
  'when-value': '',
  'f1-value': 'waited less',
  'f1-name': 'Waited less than two weeks',
  'f1-definition': 'Patients who were seen within two weeks of asking.',
  'f1-why': 'Nobody likes to wait.',
  'f1-polarity': 'higher',
  'f1-kind': 'proportion',
  'f1-numerator': 'within two weeks',
  'f1-denominator': 'asked',
  small: 'no',
}

const versionIn = (body: string): string => /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''

describe.each(testDatabases())('publishing in the browser, on $kind', ({ open }) => {
  let db: Database
  let app: FastifyInstance
  let at: TestUploads
  let analyst: TestBrowser
  let steward: TestBrowser

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    at = testUploads(db)
    await at.uploads.resume()
    app = await peopleServer(db, {}, { uploads: at.uploads, reader: at.reader })
    analyst = new TestBrowser(app)
    steward = new TestBrowser(app)
    expect((await analyst.walkIn('analyst')).headers.location).toBe('/account')
    expect((await steward.walkIn('steward')).headers.location).toBe('/account')
  })
  afterAll(async () => {
    await at.uploads.settled()
    await app.close()
    await db.close()
  })

  /** Hands a file in and waits until a person is needed. */
  async function handIn(name: string, bytes: string | Buffer, by = analyst): Promise<string> {
    const sent = await by.send('/publish', { form: randomUUID() }, { name, bytes })
    expect(sent.statusCode, sent.body).toBe(303)
    await at.uploads.settled()
    return String(sent.headers.location)
  }
  const stateAt = async (url: string): Promise<Record<string, unknown>> =>
    (await steward.get(`${url}.json`)).json()

  async function act(
    by: TestBrowser,
    url: string,
    what: string,
    fields: Readonly<Record<string, string>>,
  ) {
    const from = what === 'drop' ? `${url}/drop` : url
    const { body } = await by.get(from)
    const sent = await by.post(`${url}/${what}`, { version: versionIn(body), ...fields }, from)
    await at.uploads.settled()
    return sent
  }

  let first = ''
  it('asks what an unknown file is, with what it found out already', async () => {
    first = await handIn('waits-2024.csv', waitsCsv())
    const { body } = await analyst.get(first)
    expect(body).toContain('No file of this kind has come before')
    expect(body).toContain('Surgery 0')
    expect(body).toContain('<li aria-current="step"><strong>Say what it is</strong></li>')
    // What few files need is folded away, unless something stands in it.
    const folded = (body.match(/<details[\s\S]*?<\/details>/g) ?? []).join('')
    expect(folded).toContain('name="f1-per"')
    expect(folded).toContain('name="level"')
    const open = body.replace(/<details[\s\S]*?<\/details>/g, '')
    expect(open).toContain('name="f1-value"')
    expect(open).not.toContain('name="f1-per"')
    expect(body).not.toMatch(/<details[^>]* open/)
    expect(body).toMatch(/<option value="practice" selected>/)
    expect(body).toMatch(/<option value="within two weeks" selected>/)
  })

  it('makes a row of each year where each has a column, on being asked', async () => {
    const url = await handIn(
      'waits-wide.csv',
      `practice,2021,2022\n${Array.from({ length: 30 }, (_, i) => `Q${10_100 + i},${i}.5,${i}.25`).join('\n')}`,
    )
    expect((await analyst.get(url)).body).toContain(
      'Each time has a column of its own: 2021 and 2022.',
    )
    const sent = await act(analyst, url, 'rows', {})
    expect(sent.statusCode).toBe(303)
    const { body } = await analyst.get(url)
    expect(body).toMatch(/<option value="column:period" selected>/)
    expect(body).toMatch(/<option value="figure" selected>/)
    expect(body).not.toContain('Make a row of each time')
    expect((await act(analyst, url, 'drop', {})).statusCode).toBe(303)
  })

  it('reads quarters without a word against them, and says of what would be misread why', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `Q${10_100 + i},2024 Q${1 + (i % 4)},${i}.5`)
    const url = await handIn('waits-quarters.csv', `practice,quarter,waited\n${rows.join('\n')}`)
    const quarters = (await analyst.get(url)).body
    expect(quarters).not.toContain('no quarters')
    expect(quarters).toMatch(/<option value="column:quarter" selected>/)
    expect(quarters).toMatch(/<option value="quarter" selected>/)
    const commas = await handIn('waits-2019.csv', 'practice;waited\nQ10100;62,1\nQ10101;62.5\n')
    const both = 'The column “waited” has numbers with a comma for the point'
    expect((await analyst.get(commas)).body).toContain(both)
    expect((await analyst.get('/publish')).body).toContain(`Cannot be read: ${both}`)
    for (const u of [url, commas]) {
      expect((await act(analyst, u, 'drop', {})).statusCode).toBe(303)
    }
  })

  it('says how it reads commas in numbers, lets the person choose, and reads them so', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `Q${10_100 + i};${10 + i},5;1.${200 + i}`)
    const url = await handIn(
      'waits-commas-2024.csv',
      `practice;waited;patients\n${rows.join('\n')}`,
    )
    const { body } = await analyst.get(url)
    expect(body).toContain('What is a comma in waited (10,5, 11,5, 12,5)?')
    expect(body).toMatch(/name="comma-0" type="radio" value="," checked/)
    expect(body).toMatch(/name="comma-1" type="radio" value="," checked/)
    const answers = {
      ...waitsAnswers,
      ...{ title: 'Waits with commas', small: 'no', 'f1-value': 'waited', 'f1-kind': 'mean' },
      ...{ name: '', 'f1-numerator': '', 'f1-denominator': '', 'comma-0': ',' },
    }
    const { body: open } = await act(analyst, url, 'questions', { ...answers, 'comma-1': 'x' })
    expect(open).toContain('Say what the comma in “patients” stands for')
    const sent = await act(analyst, url, 'questions', { ...answers, 'comma-1': ',' })
    expect(sent.statusCode, sent.body.match(/error-summary__list[\s\S]*?<\/ul>/)?.[0]).toBe(303)
    const state = await stateAt(url)
    expect([state.state, state.sentence]).toEqual(['ready', null])
    const [found] = await db.query<{ fields: { name: string; decimalChar?: string }[] }>(
      `select (finished::text::jsonb)->'fields' as fields from upload where id = $1`,
      [url.split('/').at(-1)],
    )
    expect(found?.fields.map((f) => f.decimalChar)).toEqual([undefined, ',', ','])
    expect((await act(analyst, url, 'drop', {})).statusCode).toBe(303)
  })

  it('names each wrong answer beside its question, and keeps the others', async () => {
    const wrong = { ...waitsAnswers, title: '', source: 'javascript:alert(1)', 'f1-why': '' }
    const { statusCode, body } = await act(analyst, first, 'questions', wrong)
    expect(statusCode).toBe(400)
    for (const field of ['title', 'source', 'f1-why']) expect(body).toContain(`href="#${field}"`)
    expect(body).toContain('value="Waited less than two weeks"')
    expect((await stateAt(first)).state).toBe('questions')
  })

  it('leads whose session ended to the way in, and lets the browser keep what was typed', async () => {
    const nobody = new TestBrowser(app)
    const { statusCode, body } = await nobody.post(`${first}/questions`, waitsAnswers)
    expect(statusCode).toBe(401)
    expect(body).toContain('href="/sign-in">Sign in, then go back to the form')
    expect(body).toContain('Patients who were seen within two weeks of asking.')
    expect((await analyst.get(first)).body).not.toContain('autocomplete="off"')
  })

  it('checks what is finished, and shows what it would change', async () => {
    const sent = await act(analyst, first, 'questions', waitsAnswers)
    expect([sent.statusCode, sent.headers.location]).toEqual([303, first])
    const { body } = await analyst.get(first)
    expect(body).toContain('Nothing stands in its way')
    expect(body).toContain('30 figures are new')
    expect(body).toContain('Waited less than two weeks, 2024')
    // 60 to 89 of 120 each.
    expect(body).toContain(
      'All 30: 62.1%. The lowest is 50.0% (Surgery 0), the highest 74.2% (Surgery 29).',
    )
    expect(body).toMatch(/Surgery 9[\s\S]*Q10109[\s\S]*57\.5%/)
    expect(body).toContain('The first 10 of 30 are listed.')
    expect(body).not.toContain('href="/providers/Q10100"')
    expect(await stateAt(first)).toMatchObject({
      state: 'ready',
      report: { read: { rowsRead: 30, rowsAccepted: 30 } },
      preview: {
        figures: { new: 30, changed: 0, gone: 0 },
        unknown: { providers: 30, places: 0 },
        providers: 30,
      },
    })
    // Nothing of it is public, and nothing is left of the preview.
    expect(
      (await app.inject('/indicators/waits-at-practices-waited-less-than-two-weeks')).statusCode,
    ).toBe(404)
    expect(await db.query('select 1 from publication')).toEqual([])
    expect(await db.query('select 1 from sheet')).toEqual([])
  })

  it('publishes once, however often it is asked, under the role of who did', async () => {
    const { body } = await analyst.get(first)
    const fields = { version: versionIn(body), reason: 'Figures for 2024' }
    const none = await analyst.post(`${first}/publish`, { ...fields, reason: ' ' }, first)
    expect(none.statusCode).toBe(400)
    expect(none.body).toContain('Say why you publish it')
    const both = await Promise.all([
      analyst.post(`${first}/publish`, fields, '/publish'),
      analyst.post(`${first}/publish`, fields, '/publish'),
    ])
    expect(both.map((b) => b.statusCode)).toEqual([303, 303])
    await at.uploads.settled()
    expect(await stateAt(first)).toMatchObject({ state: 'published' })
    expect((await analyst.post(`${first}/publish`, fields)).statusCode).toBe(303)
    const page = await app.inject('/indicators/waits-at-practices-waited-less-than-two-weeks')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Waited less than two weeks')
    expect((await analyst.get(first)).body).toContain('href="/providers/Q10100"')
    const acts = await db.query<{ entry: string }>(
      `select entry from record_entry where act = 'release-published' and entry like '%waits-2024%'`,
    )
    expect(acts).toHaveLength(1)
    expect(JSON.parse(acts[0]?.entry ?? '')).toMatchObject({
      by: { role: 'analyst' },
      why: 'Figures for 2024',
    })
    expect((await verifyStored(db)).fault).toBeNull()
    expect(readdirSync(join(at.data, 'uploads'))).toEqual([])
    expect(existsSync(join(at.data, 'catalogue/sources/waits-at-practices.json'))).toBe(true)
    expect(at.problems).toEqual([])
  })

  it('finds the kind of the next file, and tells what a correction changes', async () => {
    const url = await handIn(
      'waits-2024.csv',
      waitsCsv((i) => (i === 3 ? 12 : 60 + i)),
    )
    expect(await stateAt(url)).toMatchObject({
      state: 'ready',
      preview: {
        figures: { new: 0, changed: 1, gone: 0 },
        biggest: [{ subject: 'Q10103', before: 52.5, after: 10 }],
      },
    })
    const { body } = await analyst.get(url)
    expect(body).toContain('It takes the place of')
    expect(body).toMatch(/52\.5%[\s\S]*10\.0%/)
    // Something else is published meanwhile: the preview is worked out anew before anything counts.
    const other = await handIn('waits-2023.csv', waitsCsv())
    await act(steward, other, 'publish', { reason: 'Figures for 2023' })
    expect((await stateAt(other)).state).toBe('published')
    await act(analyst, url, 'publish', { reason: 'A correction' })
    expect(await stateAt(url)).toMatchObject({
      state: 'ready',
      sentence: expect.stringContaining('Something else was published meanwhile'),
    })
    expect((await analyst.get(url)).body).toContain('value="A correction"')
    await act(analyst, url, 'publish', { reason: 'A correction' })
    expect((await stateAt(url)).state).toBe('published')
    expect(at.problems).toEqual([])
  })

  it('says which lines are refused, and goes on without them where somebody says so', async () => {
    const text = waitsCsv().replace('Surgery 5,54.2', 'Surgery 5,many')
    const url = await handIn('waits-2022.csv', text)
    const { body } = await analyst.get(url)
    expect(body).toContain('The check refuses 1 of 30 rows')
    expect(body).toContain('many')
    expect(body).not.toContain('--accept')
    await act(analyst, url, 'check', { accept: '1' })
    expect(await stateAt(url)).toMatchObject({ state: 'ready', preview: { figures: { new: 29 } } })
    await act(analyst, url, 'drop', {})
    expect((await stateAt(url)).state).toBe('dropped')
    expect(await db.query(`select 1 from release where state = 'draft'`)).toEqual([])
  })

  it('lets nobody overwrite what somebody else answered, and shows both', async () => {
    const url = await handIn(
      'beds-2024.csv',
      waitsCsv().replace('practice,practice name', 'unit,unit name'),
    )
    const seen = versionIn((await steward.get(url)).body)
    const mine = { ...waitsAnswers, title: '', publisher: 'The analyst’s words' }
    await act(analyst, url, 'questions', mine)
    const theirs = { ...waitsAnswers, version: seen, publisher: 'The steward’s words' }
    const late = await steward.post(`${url}/questions`, theirs, url)
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Somebody else changed these answers')
    expect(late.body).toContain('The analyst’s words')
    expect(late.body).toContain('value="The steward’s words"')
    const { body } = await analyst.get(url)
    expect(body).toContain('value="The analyst’s words"')
    await act(analyst, url, 'drop', {})
  })

  it.each([
    ['while the file is checked', 'checking'],
    ['when the check is done', 'ready'],
    ['when the check refused it', 'refused'],
    ['when it is published', 'publishing'],
  ])(
    'shows both to whoever answers otherwise %s, and leads on who answers the same',
    async (_, state) => {
      const url = await handIn('wards-2024.csv', waitsCsv().replace('practice,', 'ward code,'))
      const seen = versionIn((await steward.get(url)).body)
      const answers = { ...waitsAnswers, who: 'ward code', title: 'Waits in wards' }
      await act(analyst, url, 'questions', answers)
      expect((await stateAt(url)).state).toBe('ready')
      const id = url.split('/').at(-1)
      await db.query('update upload set state = $2 where id = $1', [id, state])
      const same = await analyst.post(`${url}/questions`, { ...answers, version: seen }, '/publish')
      expect([same.statusCode, same.headers.location]).toEqual([303, url])
      const mine = { ...answers, version: seen, publisher: 'The steward’s words' }
      const late = await steward.post(`${url}/questions`, mine, '/publish')
      expect(late.statusCode).toBe(409)
      expect(late.body).toContain('Where you differ')
      expect(late.body).toContain('value="The steward’s words"')
      expect(late.body).toContain('>The county<')
      expect(late.headers.refresh).toBeUndefined()
      await db.query(`update upload set state = 'ready' where id = $1`, [id])
      await act(analyst, url, 'drop', {})
    },
  )

  it('takes the answers of whoever has seen the others', async () => {
    const url = await handIn('rooms-2024.csv', waitsCsv().replace('practice,', 'room,'))
    const first = versionIn((await steward.get(url)).body)
    const answers = { ...waitsAnswers, who: 'room', title: 'Waits in rooms' }
    await act(analyst, url, 'questions', answers)
    const id = url.split('/').at(-1)
    // The check is under way while the steward hears of the conflict, and done when they send again.
    await db.query(`update upload set state = 'checking' where id = $1`, [id])
    const mine = { ...answers, publisher: 'The steward’s words' }
    const late = await steward.post(`${url}/questions`, { ...mine, version: first }, '/publish')
    expect(late.body).toContain('Send yours when that is done')
    const seen = /name="seen" value="([^"]+)"/.exec(late.body)?.[1] ?? ''
    const version = versionIn(late.body)
    await db.query(`update upload set state = 'ready', version = version + 1 where id = $1`, [id])
    const again = { ...mine, version, seen }
    const done = await steward.post(`${url}/questions`, again, '/publish')
    expect([done.statusCode, done.headers.location]).toEqual([303, url])
    // Who has not seen these is told.
    const other = { ...mine, publisher: 'A third', version, seen }
    expect((await steward.post(`${url}/questions`, other, '/publish')).statusCode).toBe(409)
    await stateAt(url)
    await act(analyst, url, 'drop', {})
  })

  it.each(['check', 'reopen', 'publish', 'drop', 'rows'])(
    'says so where somebody else had the file at work before: %s',
    async (what) => {
      const url = await handIn('waits-2017.csv', waitsCsv())
      const seen = versionIn((await steward.get(url)).body)
      const id = url.split('/').at(-1)
      const changed = 'version = version + 1'
      await db.query(`update upload set state = 'checking', accept = 3, ${changed} where id = $1`, [
        id,
      ])
      const fields = { version: seen, reason: 'The steward’s reason' }
      const late = await steward.post(`${url}/${what}`, fields, '/publish')
      expect(late.statusCode).toBe(409)
      expect(late.body).toContain('Somebody else changed this meanwhile')
      if (what === 'publish') {
        const publishing = `state = 'publishing', reason = 'Another reason', role = 'analyst'`
        await db.query(`update upload set ${publishing} where id = $1`, [id])
        const other = await steward.post(`${url}/publish`, fields, '/publish')
        expect(other.statusCode).toBe(409)
        expect(other.body).toContain('The steward’s reason')
      }
      await db.query(`update upload set state = 'ready' where id = $1`, [id])
      await act(analyst, url, 'drop', {})
    },
  )

  it('shows cells of figures with small counts to stewards alone, and previews what is left of them', async () => {
    const text = waitsCsv((i) => (i < 3 ? 2 : 60 + i)).replace(
      'Surgery 7,55.8',
      'Surgery 7,secret cell',
    )
    const url = await handIn('small-2024.csv', text.replace('practice,practice name', 'gp,gp name'))
    const answers = {
      ...waitsAnswers,
      who: 'gp',
      name: 'gp name',
      title: 'Small waits',
      small: '5',
    }
    expect((await act(analyst, url, 'questions', answers)).statusCode).toBe(303)
    expect((await steward.get(url)).body).toContain('secret cell')
    for (const path of [url, `${url}.json`]) {
      const { body } = await analyst.get(path)
      expect(body).toMatch(/refuses 1 of 30 rows|"rowsRefused":1/)
      expect(body).not.toContain('secret cell')
    }
    await act(analyst, url, 'check', { accept: '1' })
    const { preview } = (await stateAt(url)) as {
      preview: {
        figures: { new: number }
        newFigures: { count: number; lowest: unknown }[]
        hidden: { hidden: number; figures: number }
      }
    }
    expect(preview.newFigures[0]?.count).toBe(preview.figures.new)
    expect(preview.newFigures[0]?.lowest).toMatchObject({ value: 52.5 })
    expect(preview.figures.new).toBeGreaterThan(20)
    expect(preview.figures.new).toBeLessThanOrEqual(26)
    expect(preview.hidden).toEqual({
      hidden: 29 - preview.figures.new,
      figures: 29,
      roundedTo: null,
    })
    const shown = `${preview.hidden.hidden} of its 29 figures will not be shown`
    expect((await analyst.get(url)).body).toContain(shown)
    await act(analyst, url, 'drop', {})
  })

  it('says in a sentence what each choice for small counts means, and rounds a file where one asks for it', async () => {
    const url = await handIn(
      'rounded-2024.csv',
      waitsCsv((i) => (i < 3 ? 2 : 60 + i)).replace(
        'practice,practice name',
        'chemist,chemist name',
      ),
    )
    const page = (await analyst.get(url)).body
    expect(page).toContain('Every figure is shown, and none is exact')
    expect(page).toContain('All other figures are exact')
    const answers = { ...waitsAnswers, who: 'chemist', name: 'chemist name', title: 'Round waits' }
    const sent = await act(analyst, url, 'questions', { ...answers, small: 'round-5' })
    expect(sent.statusCode).toBe(303)
    const { preview } = (await stateAt(url)) as { preview: { hidden: unknown } }
    expect(preview.hidden).toEqual({ hidden: 0, figures: 30, roundedTo: 5 })
    expect((await analyst.get(url)).body).toContain('Its counts are rounded to 5')
    await act(analyst, url, 'drop', {})
  })

  it('keeps a file to its owner and stewards until it is described, and says who dropped it', async () => {
    const other = new TestBrowser(app)
    const email = 'second@example.org'
    await grantRole(
      db,
      { email, role: 'analyst', scope: 'whole', from: '2020-01-01', why: 'a test' },
      'steward',
    )
    other.keep((await (await testPeople(db).open()).signIn.withoutLetter(email)) ?? [])
    const url = await handIn('hers-2024.csv', waitsCsv().replace('practice,', 'hospital code,'))
    for (const path of [url, `${url}.json`, `${url}/drop`]) {
      expect((await other.get(path)).statusCode).toBe(403)
    }
    const version = versionIn((await analyst.get(url)).body)
    expect((await other.post(`${url}/drop`, { version }, '/publish')).statusCode).toBe(403)
    expect((await other.get('/publish')).body).not.toContain('hers-2024.csv')
    const answers = { ...waitsAnswers, who: 'hospital code', title: 'Waits in hospitals' }
    expect((await act(analyst, url, 'questions', answers)).statusCode).toBe(303)
    const asked = (await other.get(`${url}/drop`)).body
    expect(asked).toContain('Drop hers-2024.csv?')
    expect(asked).toMatch(/It is not yours: it came from [^<]+/)
    expect((await analyst.get(`${url}/drop`)).body).not.toContain('It is not yours')
    expect((await stateAt(url)).state).toBe('ready')
    await act(other, url, 'drop', {})
    expect((await stateAt(url)).state).toBe('dropped')
    for (const path of [url, '/publish']) {
      expect((await analyst.get(path)).body).toContain('Dropped by another analyst.')
    }
  })

  it('lets go of what nobody goes on with for 30 days', async () => {
    const url = await handIn('waits-2019.csv', waitsCsv())
    await db.query(
      `update upload set changed_at = now() - interval '29 days' where state = 'ready'`,
    )
    await at.uploads.resume()
    expect((await stateAt(url)).state).toBe('ready')
    await db.query(
      `update upload set changed_at = now() - interval '31 days' where state = 'ready'`,
    )
    await at.uploads.resume()
    expect((await stateAt(url)).state).toBe('dropped')
    expect(await db.query(`select 1 from release where state = 'draft'`)).toEqual([])
    expect(readdirSync(join(at.data, 'uploads'))).toEqual([])
  })

  it('refuses its list as a problem that programs read to who has not signed in', async () => {
    const answer = await new TestBrowser(app).get('/publish.json')
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ type: '/api#not-signed-in', status: 401 })
  })

  it('takes a form that is sent twice for one file', async () => {
    const form = randomUUID()
    const file = { name: 'twice-2024.csv', bytes: waitsCsv() }
    const sent = await Promise.all([1, 2].map(() => analyst.send('/publish', { form }, file)))
    expect(sent.map((s) => s.headers.location)).toEqual([`/publish/${form}`, `/publish/${form}`])
    await at.uploads.settled()
    expect(await db.query(`select 1 from upload where file_name = 'twice-2024.csv'`)).toHaveLength(
      1,
    )
    expect(readdirSync(join(at.data, 'uploads'))).toHaveLength(1)
    // Another file, another name or another person: nothing is swallowed, and nothing changes.
    const others = [
      [analyst, { ...file, bytes: waitsCsv(() => 7) }],
      [analyst, { ...file, name: 'other-2024.csv' }],
      [steward, file],
    ] as const
    for (const [by, other] of others) {
      const refused = await by.send('/publish', { form }, other)
      expect(refused.statusCode).toBe(400)
      expect(refused.body).toContain('This form was used for another file already')
    }
    expect(readdirSync(join(at.data, 'uploads'))).toHaveLength(1)
    await act(analyst, `/publish/${form}`, 'drop', {})
  })

  const bomb = gzipSync(Buffer.alloc(30_000_000, 'a,b\n'))
  it.each([
    ['a zip bomb', 'bomb.csv.gz', bomb, 'too large'],
    ['more than is taken', 'large.csv', Buffer.alloc(2_000_001, 'a,b\n'), 'too large'],
    ['a spreadsheet', 'book.csv', Buffer.from('PK\u0003\u0004 and so on'), 'Save the sheet as CSV'],
    ['a picture', 'x.csv', Buffer.from('89504e470d0a1a0a', 'hex'), 'This is a picture'],
    ['a page', 'x.csv', Buffer.from('<!doctype html><p>'), 'This is a page'],
    ['binary', 'x.csv', Buffer.from([65, 44, 0, 66, 10]), 'null characters'],
    ['UTF-16', 'x.csv', Buffer.from('\ufeffa,b\n1,2', 'utf16le'), 'UTF-16'],
    ['damaged gzip', 'x.csv.gz', bomb.subarray(0, 200), 'damaged'],
    ['nothing', 'x.csv', Buffer.alloc(0), 'empty'],
  ])('refuses %s with a sentence, and keeps nothing', async (_, name, bytes, sentence) => {
    const before = readdirSync(join(at.data, 'uploads'))
    const sent = await analyst.send('/publish', { form: randomUUID() }, { name, bytes })
    expect(sent.statusCode).toBe(400)
    expect(sent.body).toContain(sentence)
    expect(readdirSync(join(at.data, 'uploads'))).toEqual(before)
  })

  it('refuses a form without its token, and one without a file', async () => {
    const body = new FormData()
    body.append('form', randomUUID())
    body.append('file', new Blob([waitsCsv()]), 'waits-2024.csv')
    const request = new Request('http://localhost', { method: 'POST', body })
    const sent = await analyst.ask({
      method: 'POST',
      url: '/publish',
      payload: Buffer.from(await request.arrayBuffer()),
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    })
    expect(sent.statusCode).toBe(400)
    expect(sent.body).toContain('This form is too old')
    const none = await analyst.send('/publish', { form: randomUUID() }, { name: '', bytes: '' })
    expect(none.body).toContain('Choose a file to hand in')
  })

  it('escapes what a file says of itself, and finds no path in its name', async () => {
    const text = waitsCsv().replaceAll('Surgery 1', '<script>alert(1)</script>')
    const url = await handIn('../../<b>x</b> 2024.csv', text)
    const { body } = await analyst.get(url)
    expect(body).not.toMatch(/<script|<b>x/)
    expect(body).toContain('&lt;script&gt;')
    await act(analyst, url, 'drop', {})
  })

  it('withdraws with a reason, and is for stewards', async () => {
    const [release] = await db.query<{ id: number }>(
      `select id from release where ended_in is null and published_in is not null and period = '2023'`,
    )
    const url = `/publish/releases/${release?.id}/withdraw`
    expect((await analyst.get(url)).statusCode).toBe(403)
    const form = (await steward.get(url)).body
    expect(form).toContain('No earlier release takes its place')
    const links = /<a class="govuk-link" href="\/indicators\/[^"]+">[^<]+<\/a>/g
    const told = (await app.inject(`/releases/${release?.id}`)).body.match(links)
    expect(told?.length).toBeGreaterThan(0)
    expect(form.match(links)).toEqual(told)
    expect((await steward.post(url, { reason: '' }, url)).body).toContain('Say why it is withdrawn')
    expect((await steward.post(url, { reason: 'The county took it back' }, url)).statusCode).toBe(
      303,
    )
    await at.uploads.settled()
    expect((await steward.get(url)).body).toContain('It is no longer current')
    expect((await app.inject(`/releases/${release?.id}`)).body).toContain('The county took it back')
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('says of an indicator whose last figures were withdrawn what became of it', async () => {
    const url = await handIn('seats-2024.csv', waitsCsv().replace('practice,', 'seat,'))
    const answers = { ...waitsAnswers, who: 'seat', title: 'Waits in seats' }
    await act(analyst, url, 'questions', answers)
    await act(steward, url, 'publish', { reason: 'New figures' })
    const { release, preview } = (await stateAt(url)) as {
      release: number
      preview: { indicators: { code: string }[] }
    }
    const address = `/indicators/${preview.indicators[0]?.code}`
    expect((await app.inject(address)).statusCode).toBe(200)
    const page = `/publish/releases/${release}/withdraw`
    await steward.post(page, { reason: 'Wrong' }, page)
    await at.uploads.settled()
    const gone = await app.inject(address)
    expect(gone.statusCode).toBe(410)
    expect(gone.body).toContain(`href="/releases/${release}"`)
    const [, then = ''] =
      /href="([^"]*\?as-of=[^"]+)">This page as it was last/.exec(gone.body) ?? []
    expect(then).toContain(address)
    expect((await app.inject(then)).statusCode).toBe(200)
    const problem = await app.inject(`${address}.json`)
    expect([problem.statusCode, problem.json().status]).toEqual([410, 410])
    expect((await app.inject('/indicators/never-was')).statusCode).toBe(404)
  })

  it('has a withdrawal for good before it answers, and does it once', async () => {
    const url = await handIn('waits-2018.csv', waitsCsv())
    await act(steward, url, 'publish', { reason: 'Figures for 2018' })
    const { release } = (await stateAt(url)) as { release: number }
    const page = `/publish/releases/${release}/withdraw`
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const holding = db.lock('publish', () => held)
    try {
      // Both pages are open before either is sent: once one was, the page has no form any more.
      const _csrf = await steward.token(page)
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const payload = new URLSearchParams({ _csrf, reason: 'Too early' }).toString()
      const ask = () => steward.ask({ method: 'POST', url: page, payload, headers })
      expect((await Promise.all([ask(), ask()])).map((a) => a.statusCode)).toEqual([303, 303])
      const rows = await db.query('select release, reason, role, state from withdrawal')
      expect(rows).toEqual([{ release, reason: 'Too early', role: 'steward', state: 'waiting' }])
      expect((await steward.get('/publish')).body).toContain(`${release} is being withdrawn`)
    } finally {
      letGo()
    }
    await holding
    await at.uploads.settled()
    // As a kill leaves it that came after the last step: there is nothing left to do.
    await db.query(`insert into withdrawal (release, reason, role) values ($1, 'x', 'steward')`, [
      release,
    ])
    const next = at.again()
    await next.resume()
    await next.settled()
    expect(await db.query('select 1 from withdrawal')).toEqual([])
    const acts = await db.query(
      `select 1 from record_entry where act = 'release-withdrawn' and entry like '%Too early%'`,
    )
    expect(acts).toHaveLength(1)
    expect(at.problems).toEqual([])
  })

  it('previews, publishes and drops a draft that came another way, once', async () => {
    const draft = async (name: string): Promise<number> => {
      const { drafts } = await importFiles(db, at.catalogue(), [writeFile(name, waitsCsv())], {
        accept: 0,
        by: 'the nightly program',
      })
      return drafts[0] ?? 0
    }
    const one = await draft('waits-2015.csv')
    const { body } = await analyst.get('/publish')
    expect(body).toContain('the nightly program')
    expect(body).toContain(`Preview draft ${one}`)
    const look = () => analyst.post(`/publish/drafts/${one}`, {}, '/publish')
    const [a, b] = await Promise.all([look(), look()])
    expect([a.statusCode, b.headers.location]).toEqual([303, a.headers.location])
    await at.uploads.settled()
    const url = String(a.headers.location)
    expect(await stateAt(url)).toMatchObject({
      state: 'ready',
      release: one,
      report: { read: { rowsRead: 30, rowsAccepted: 30 } },
      preview: { figures: { new: 30 } },
    })
    const page = (await analyst.get(url)).body
    expect(page).toContain('a program or the command line')
    expect(page).not.toContain('It is another kind of file')
    const version = versionIn(page)
    expect((await analyst.post(`${url}/reopen`, { version }, '/publish')).statusCode).toBe(409)
    // Looked at and left alone for long, it is a draft as before.
    await db.query(`update upload set changed_at = now() - interval '31 days' where release = $1`, [
      one,
    ])
    await at.uploads.resume()
    expect((await analyst.get('/publish')).body).toContain(`Preview draft ${one}`)
    const second = String((await look()).headers.location)
    await at.uploads.settled()
    await act(analyst, second, 'publish', { reason: 'Figures for 2015' })
    expect(await stateAt(second)).toMatchObject({ state: 'published', release: one })
    expect((await look()).headers.location).toBe(second)
    expect((await analyst.post('/publish/drafts/99999', {}, '/publish')).statusCode).toBe(404)
    expect((await app.inject(`/releases/${one}`)).body).toContain(
      `href="/publish/releases/${one}/withdraw"`,
    )
    const other = await draft('waits-2014.csv')
    const third = await analyst.post(`/publish/drafts/${other}`, {}, '/publish')
    await at.uploads.settled()
    await act(analyst, String(third.headers.location), 'drop', {})
    expect(await db.query('select 1 from release where id = $1', [other])).toEqual([])
    expect(at.problems).toEqual([])
  })

  it('goes on after its process died, with every file that it had taken', async () => {
    const id = randomUUID()
    const sent = await analyst.send(
      '/publish',
      { form: id },
      { name: 'waits-2021.csv', bytes: waitsCsv() },
    )
    expect(sent.statusCode).toBe(303)
    await at.uploads.settled()
    // As a kill leaves it: at work, and nobody at it.
    await db.query(`update upload set state = 'checking' where id = $1`, [id])
    const next = at.again()
    await next.resume()
    await next.settled()
    expect((await stateAt(`/publish/${id}`)).state).toBe('ready')
    await db.query(
      `update upload set state = 'publishing', reason = 'x', role = 'steward' where id = $1`,
      [id],
    )
    await next.resume()
    await next.settled()
    expect((await stateAt(`/publish/${id}`)).state).toBe('published')
    expect(at.problems).toEqual([])
  })

  it('writes a descriptor that the command line reads', () => {
    const path = join(at.data, 'catalogue/sources/waits-at-practices.json')
    const kept = JSON.parse(readFileSync(path, 'utf8'))
    expect(kept).toMatchObject({
      id: 'waits-at-practices',
      observations: [{ value: 'waited less', numerator: 'within two weeks', denominator: 'asked' }],
    })
    expect(JSON.stringify(kept)).not.toContain('Decide:')
  })
})
