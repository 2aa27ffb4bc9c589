import { readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { PlumblineProblem, plumbline } from '@plumbline/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/testing.ts'
import { disclosureSchema } from '../../disclosure/declaration.ts'
import { asJsonLines } from '../../evidence/testing.ts'
import { clinicRows, clinics, prepare } from '../../publishing/testing.ts'
import { newToken } from '../../tokens/token.ts'
import { pushAnswer } from './push-schema.ts'
import { type PushServer, pushServer } from './push-testing.ts'

const packed: { headers: Record<string, string> } = { headers: { 'content-encoding': 'gzip' } }
const ndjson = { headers: { 'content-type': 'application/x-ndjson' } }
const lines = { ...ndjson, query: { file: 'clinics-2024.jsonl' } }
const auth = (token: string) => ({ authorization: `Bearer ${token}` })

describe.each(testDatabases())('a push on $kind', ({ open }) => {
  let db: Database
  let server: PushServer
  let token: string

  beforeAll(async () => {
    db = await prepare(await open())
    server = await pushServer(db, clinics)
    token = await server.token()
  })
  afterAll(async () => {
    await server.app.close()
    await db.close()
  })

  interface Sent {
    readonly query?: Record<string, string>
    readonly headers?: Record<string, string>
    readonly token?: string
  }
  const send = (payload: string | Buffer, { query = {}, headers = {}, token: other }: Sent = {}) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/releases',
      query: { descriptor: 'clinics', file: 'clinics-2024.csv', ...query },
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${other ?? token}`,
        ...headers,
      },
      payload,
    })
  const releases = () => db.query<{ id: number }>('select id, state from release order by id')

  /** Rows of their own, so that no test sends what another has published. */
  let turn = 0
  const newRows = (): string => {
    turn += 1
    return clinicRows((i, l) => (i === 0 ? `C100,Clinic 0,country,50,100,${200 + turn}` : l))
  }

  it('publishes, under the public name of its token, and says where', async () => {
    const answer = await send(newRows(), { query: { reason: 'The figures of today' } })
    expect(answer.statusCode, answer.body).toBe(201)
    const { data, links } = pushAnswer.parse(answer.json())
    expect(data).toMatchObject({
      state: 'published',
      publisher: 'The clinics',
      report: { rowsRead: 40, rowsRefused: 0, period: '2024' },
    })
    expect(answer.headers.location).toBe(links.release)
    const release = await server.app.inject(links.release ?? '')
    const reason = 'The figures of today'
    expect(release.json()).toMatchObject({ data: { id: data.release, reason } })
    const [entry] = await db.query<{ entry: string; name: string }>(
      `select entry, value as name from record_entry e join record_personal p on p.number = e.number
       where act = 'release-published' and subject = $1`,
      [`release:${data.release}`],
    )
    expect(entry?.name).toBe('The clinics')
    expect(JSON.parse(entry?.entry ?? '')).toMatchObject({ by: { role: 'publisher' }, why: reason })
    const again = await server.app.inject({ url: links.self, headers: auth(token) })
    expect(pushAnswer.parse(again.json())).toEqual({ data, links })
    const other = auth(await server.token())
    expect((await server.app.inject({ url: links.self, headers: other })).statusCode).toBe(404)
  })

  it('answers no page of another site', async () => {
    const answer = await send('', { headers: { origin: 'https://elsewhere.example' } })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('is the same as CSV and as JSON lines, packed or not', async () => {
    for (const [body, headers, file] of [
      [(rows: string) => gzipSync(rows), { 'content-encoding': 'gzip' }, 'clinics-2023.csv'],
      [asJsonLines, { 'content-type': 'application/x-ndjson' }, 'clinics-2022.jsonl'],
      [
        (rows: string) => gzipSync(asJsonLines(rows)),
        { 'content-type': 'application/x-ndjson; charset=utf-8', 'content-encoding': 'gzip' },
        'clinics-2021.ndjson',
      ],
    ] as const) {
      const answer = await send(body(clinicRows()), { query: { file }, headers })
      expect(answer.statusCode, answer.body).toBe(201)
      expect(answer.json()).toMatchObject({ data: { report: { rowsAccepted: 40 } } })
    }
  })

  it('of what is published already changes nothing', async () => {
    const rows = newRows()
    const first = await send(rows)
    const second = await send(rows)
    expect(second.statusCode).toBe(200)
    expect(second.json()).toMatchObject({
      data: { state: 'same', release: first.json().data.release },
    })
  })

  it('is answered the same when it comes again with its key, and refused with other bytes', async () => {
    const rows = newRows()
    const headers = { 'idempotency-key': '2026-11-25' }
    const both = await Promise.all([send(rows, { headers }), send(rows, { headers })])
    const [first] = both.filter((a) => a.statusCode === 201)
    // The other came while it was under way, or when it was done.
    expect(both.map((a) => a.statusCode).sort()).toEqual([201, expect.toBeOneOf([201, 409])])
    const before = await releases()
    const replay = await send(rows, { headers })
    expect(replay.statusCode).toBe(201)
    expect(replay.json()).toEqual(first?.json())
    const other = await send(newRows(), { headers })
    expect(other.statusCode).toBe(422)
    expect(other.json()).toMatchObject({ type: '/api#key-used', parameter: 'idempotency-key' })
    const otherwise = await send(rows, { headers, query: { publish: 'false' } })
    expect(otherwise.statusCode).toBe(422)
    expect(await releases()).toEqual(before)
    // Another publisher's key is another key.
    const theirs = await send(rows, { headers, token: await server.token({ name: 'Others' }) })
    expect(theirs.json()).toMatchObject({ data: { state: 'same', publisher: 'Others' } })
  })

  it('that is dry says what it would change and keeps nothing, whatever its key', async () => {
    await send(newRows())
    const before = await releases()
    const headers = { 'idempotency-key': 'dry' }
    const rows = newRows().replace('C101,', 'C901,')
    const dry = await send(rows, { headers, query: { 'dry-run': 'true' } })
    expect(dry.statusCode).toBe(200)
    const { data } = pushAnswer.parse(dry.json())
    expect(data).toMatchObject({
      state: 'checked',
      release: null,
      // Of the one that is changed the count alone is another.
      changes: { same: 38, changed: 1, added: 1, gone: 1 },
    })
    expect(await releases()).toEqual(before)
    expect((await send(rows, { headers })).statusCode).toBe(201)
  })

  it('brings a draft where it may not publish, or does not wish to', async () => {
    const importer = await server.token({ publishes: false })
    for (const sent of [{ token: importer }, { query: { publish: 'false' } }]) {
      const answer = await send(newRows(), sent)
      expect(answer.statusCode).toBe(201)
      const { data, links } = pushAnswer.parse(answer.json())
      expect(data).toMatchObject({ state: 'draft', publication: null })
      expect(links.release).toBeNull()
      const page = await server.app.inject(`/api/v1/releases/${data.release}`)
      expect(page.statusCode).toBe(404)
    }
    const forced = await send(newRows(), { token: importer, query: { publish: 'true' } })
    expect(forced.statusCode).toBe(403)
    expect(forced.json()).toMatchObject({ type: '/api#not-yours', parameter: 'publish' })
  })

  it('with a row that is wrong is refused with line and column, and nothing is kept', async () => {
    const before = await releases()
    const rows = newRows().replace(/^(C105,.*),200$/m, '$1,often')
    const headers = { 'idempotency-key': 'wrong' }
    const refused = await send(rows, { headers })
    expect(refused.statusCode).toBe(422)
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(refused.json()).toMatchObject({
      type: '/api#refused-figures',
      detail: '1 row was refused, so nothing was kept. Correct the file and send it again.',
      errors: [{ line: 7, column: 'visitors', value: 'often' }],
      push: { state: 'refused', report: { rowsRead: 40, rowsAccepted: 39, rowsRefused: 1 } },
    })
    expect((await send(rows, { headers })).json()).toEqual(refused.json())
    expect(await releases()).toEqual(before)
    expect(refused.body).not.toContain('/tmp')
  })

  it('with names of other codes is told what is wrong, and of no flag of the command line', async () => {
    const name = (i: number) => `C1${String(i).padStart(2, '0')},Clinic ${i},`
    const rows = clinicRows((i, line) =>
      line.replace(name(i), name(i).replace(/\d+,$/, `${i + 1},`)),
    )
    const refused = await send(rows)
    expect(refused.statusCode).toBe(422)
    const { detail } = refused.json()
    expect(detail).toContain(
      'names are not those of their codes: look whether a column has slipped.',
    )
    expect(detail).toContain('Correct the file and send it again.')
    expect(refused.body).not.toContain('--accept')
  })

  it('that lacks columns of the descriptor that it names is told which', async () => {
    const refused = await send('code,name\nC101,Clinic 1\n')
    expect(refused.statusCode).toBe(422)
    const { detail } = refused.json()
    expect(detail).toMatch(/\(clinics\): the columns ".+" are missing/)
    expect(detail).not.toContain('No descriptor')
  })

  it('with a row that names nobody is told the column as the file has it', async () => {
    const refused = await send(newRows().replace(/^C105,/m, ','))
    expect(refused.statusCode).toBe(422)
    expect(refused.json().errors).toMatchObject([{ line: 7, column: 'code' }])
  })

  it('cannot change or remove a release', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await server.app.inject({
        method,
        url: '/api/v1/releases',
        headers: auth(token),
      })
      expect(answer.statusCode).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD, POST')
      expect(answer.json().detail).toContain('never changed')
    }
  })

  it('is sent by the client, which throws what is refused', async () => {
    const client = plumbline(await server.app.listen({ port: 0, host: '127.0.0.1' }))
    const asked = { token, descriptor: 'clinics', file: 'clinics-2020.csv', key: 'first' }
    const rows = newRows()
    const pushed = await client.push(asked, rows)
    expect(pushed).toMatchObject({ state: 'published', publisher: 'The clinics' })
    expect(await client.push(asked, rows)).toEqual(pushed)
    const json = { ...asked, file: 'clinics-2019.jsonl', key: 'other', reason: 'As JSON & more' }
    expect(await client.push(json, asJsonLines(rows))).toMatchObject({ state: 'published' })
    const wrong = client.push({ ...asked, key: 'third' }, rows.replace(',200', ',often'))
    const problem = await wrong.catch((e: unknown) => e)
    expect(problem).toBeInstanceOf(PlumblineProblem)
    expect(problem).toMatchObject({ status: 422, errors: [{ line: 3, column: 'visitors' }] })
  })

  it('says when its figures are of where its kind does not, and there alone', async () => {
    const apart = await prepare(await open())
    const period = { from: 'fixed', kind: 'school-year', value: '2023-24', asked: true } as const
    const descriptors = clinics.descriptors.map((d) => {
      return { ...d, period, match: { ...d.match, name: 'stays.*' } }
    })
    const other = await pushServer(apart, { ...clinics, descriptors })
    const rows = newRows()
    const push = async (query: object, to = other.app, by?: string) =>
      to.inject({
        method: 'POST',
        url: '/api/v1/releases',
        query: { descriptor: 'clinics', file: 'stays-2025-26.csv', ...query },
        headers: { 'content-type': 'text/csv', ...auth(by ?? (await other.token())) },
        payload: rows,
      })
    const unsaid = await push({})
    expect([unsaid.statusCode, unsaid.json().parameter, unsaid.json().detail]).toEqual([
      400,
      'period',
      'Files of this kind do not say when their figures are of: say it, such as period=2025-26.',
    ])
    const wrong = await push({ period: 'soon' })
    expect([wrong.statusCode, wrong.json().sent, wrong.json().detail]).toEqual([
      400,
      'soon',
      '“soon” is no school year: write it as 2023-24.',
    ])
    const dry = await push({ period: '2025-26', 'dry-run': 'true' })
    expect(dry.json().data.report.period).toBe('2025-26')
    for (const period of ['2025-26', '2024-25']) {
      const sent = pushAnswer.parse((await push({ period })).json())
      expect([sent.data.state, sent.data.report?.period]).toEqual(['published', period])
    }
    await other.app.close()
    const needless = await push({ file: 'clinics-2024.csv', period: '2024' }, server.app, token)
    expect([needless.statusCode, needless.json().detail]).toEqual([
      400,
      'A file of this kind says itself when its figures are of: leave “period” out.',
    ])
    await apart.close()
  })

  it('of small counts is answered without the cells of its warnings once it is published', async () => {
    // Of its own, since all that is current is protected at the next publication.
    const apart = await prepare(await open())
    const rows = `${newRows()}\nC103,Clinic 3,town,53,106,200`
    const twice = clinics.descriptors.map((d) => ({ ...d, onRepeat: 'keep-later' as const }))
    const disclosure = disclosureSchema.parse({ rules: { threshold: 5 } })
    const safe = twice.map((d) => ({ ...d, disclosure }))
    for (const [descriptors, examples] of [
      [twice, 1],
      [safe, 0],
    ] as const) {
      const other = await pushServer(apart, { ...clinics, descriptors })
      const answer = await other.app.inject({
        method: 'POST',
        url: `/api/v1/releases?descriptor=clinics&file=clinics-20${30 + examples}.csv`,
        headers: { 'content-type': 'text/csv', ...auth(await other.token()) },
        payload: rows,
      })
      const { data } = pushAnswer.parse(answer.json())
      expect(data.report?.rules).toMatchObject([{ severity: 'warn', count: 1 }])
      expect(data.report?.rules[0]?.examples).toHaveLength(examples)
      await other.app.close()
    }
    await apart.close()
  })

  it('that is dry says whether its small counts could be hidden, in counts alone', async () => {
    const disclosure = disclosureSchema.parse({ rules: { threshold: 5 } })
    const descriptors = clinics.descriptors.map((d) => ({ ...d, disclosure }))
    const other = await pushServer(db, { ...clinics, descriptors })
    const asked = {
      method: 'POST' as const,
      headers: { 'content-type': 'text/csv', ...auth(await other.token()) },
    }
    const url = '/api/v1/releases?descriptor=clinics&file=clinics-2035.csv&dry-run=true'
    const small = clinicRows((i, l) => (i === 0 ? 'C100,Clinic 0,country,2,4,200' : l))
    const dry = await other.app.inject({ ...asked, url, payload: small })
    expect(pushAnswer.parse(dry.json()).data).toMatchObject({
      state: 'checked',
      disclosure: { safe: true, figures: 40, hidden: 1, leaks: 0 },
    })
    // A percentage without its counts cannot be made safe.
    const bare = clinicRows((i, l) => (i === 0 ? 'C100,Clinic 0,country,2,,200' : l))
    const refused = await other.app.inject({ ...asked, url, payload: bare })
    expect(refused.statusCode).toBe(422)
    expect(refused.json()).toMatchObject({ detail: expect.stringContaining('has no counts') })
    await other.app.close()
  })

  it('of small counts that cannot be hidden names no release: none is left of it', async () => {
    // Of its own, since all that is current is protected at the next publication.
    const apart = await prepare(await open())
    const disclosure = disclosureSchema.parse({ rules: { threshold: 5 } })
    const descriptors = clinics.descriptors.map((d) => ({ ...d, disclosure }))
    const other = await pushServer(apart, { ...clinics, descriptors })
    const refused = await other.app.inject({
      method: 'POST',
      url: '/api/v1/releases?descriptor=clinics&file=clinics-2035.csv',
      headers: { 'content-type': 'text/csv', ...auth(await other.token()) },
      payload: clinicRows((i, l) => (i === 0 ? 'C100,Clinic 0,country,2,,200' : l)),
    })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().detail).toMatch(/^[A-Z].*has no counts/)
    expect(refused.json().detail).not.toMatch(/[Rr]elease \d/)
    expect(await apart.query('select id from release')).toEqual([])
    await other.app.close()
    await apart.close()
  })

  it('needs a token that is ours, is valid now and may send this', async () => {
    const body = newRows()
    const id = Number(token.split('_')[1])
    const old = { from: '2020-01-01', until: '2020-12-31' }
    for (const [sent, status, detail] of [
      ['', 401, 'Send your token'],
      ['x', 401, 'none of ours'],
      [newToken(id), 401, 'none of ours'],
      [newToken(99_999), 401, 'none of ours'],
      [await server.token(old), 401, 'valid until 2020-12-31'],
      [await server.token({ from: '2999-01-01' }), 401, 'valid from 2999-01-01'],
      [await server.token({ scope: { descriptors: ['schools'] } }), 403, 'may not send “clinics”'],
      [await server.token({ scope: { publisher: 'Somebody' } }), 403, 'may not send “clinics”'],
    ] as const) {
      const answer = await send(body, { token: sent })
      expect(answer.statusCode, sent).toBe(status)
      expect(answer.json().detail).toContain(detail)
      expect(answer.headers['www-authenticate'] !== undefined).toBe(status === 401)
    }
    const publisher = await server.token({ scope: { publisher: 'Nobody' } })
    const taken = await send(body, { token: publisher })
    expect(taken.statusCode, taken.body).toBe(201)
  })

  it.each<[string, string | Buffer, Sent, number, string]>([
    ['a bomb of gzip', gzipSync('x'.repeat(30_000_000)), packed, 413, 'too-large'],
    ['more than is taken', 'x'.repeat(2_000_001), {}, 413, 'too-large'],
    ['what is no gzip', 'code,seen', packed, 400, 'unreadable-request'],
    ['a broken gzip', gzipSync(clinicRows()).subarray(0, 100), packed, 400, 'unreadable-request'],
    ['gzip that does not say so', gzipSync(clinicRows()), {}, 400, 'unreadable-request'],
    ['gzip in gzip', gzipSync(gzipSync(clinicRows())), packed, 400, 'unreadable-request'],
    ['brotli', 'x', { headers: { 'content-encoding': 'br' } }, 415, 'wrong-type'],
    ['JSON', '{}', { headers: { 'content-type': 'application/json' } }, 415, 'wrong-type'],
    ['a form', 'a=1', { headers: { 'content-type': 'multipart/form-data' } }, 415, 'wrong-type'],
    ['no type', 'a', { headers: { 'content-type': '' } }, 415, 'wrong-type'],
    ['nothing', '', {}, 400, 'unreadable-request'],
    ['white space', ' \n', {}, 422, 'refused-figures'],
    ['a header alone', 'code,seen', {}, 422, 'refused-figures'],
    ['broken UTF-8', Buffer.from([0x63, 0x2c, 0xff, 0xfe]), {}, 422, 'refused-figures'],
    ['a null character', clinicRows().replace('Clinic 3', 'Cl\0inic'), {}, 422, 'refused-figures'],
    ['a line without an end', `code,seen\n"${'x'.repeat(1_900_000)}`, {}, 422, 'refused-figures'],
    ['other columns', 'a,b,c\n1,2,3', {}, 422, 'refused-figures'],
    ['JSON lines that are none', '{"code":"C1"', lines, 422, 'refused-figures'],
    ['JSON lines in CSV’s name', '{}', ndjson, 400, 'unreadable-value'],
    ['CSV in JSON’s name', 'a', { query: { file: 'clinics-2024.jsonl' } }, 400, 'unreadable-value'],
    ['an unknown descriptor', 'a', { query: { descriptor: 'clinic' } }, 400, 'unknown-value'],
    ['a path', 'a', { query: { file: '../clinics-2024.csv' } }, 400, 'unreadable-value'],
    ['a null in its name', 'a', { query: { file: 'clinics-2024\0.csv' } }, 400, 'unreadable-value'],
    ['a long name', 'a', { query: { file: 'x'.repeat(151) } }, 400, 'unreadable-value'],
    [
      'the name of another kind',
      clinicRows(),
      { query: { file: 'x.csv' } },
      422,
      'refused-figures',
    ],
    ['an unknown parameter', 'a', { query: { accept: '9' } }, 400, 'unknown-parameter'],
    ['a flag', 'a', { query: { 'dry-run': 'perhaps' } }, 400, 'unknown-value'],
    ['an empty key', 'a', { headers: { 'idempotency-key': '' } }, 400, 'unreadable-value'],
  ])('of %s is refused, and leaves nothing', async (_what, body, sent, status, kind) => {
    const before = await releases()
    const answer = await send(body, sent)
    expect(answer.statusCode, answer.body).toBe(status)
    expect(answer.json()).toMatchObject({ type: `/api#${kind}`, status })
    expect(answer.body).not.toContain('plumbline-')
    expect(await releases()).toEqual(before)
    expect(server.problems).toEqual([])
    expect(readdirSync(server.folder)).toEqual([])
  })
})
