import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDeskVerb } from '../../platform/cli/desk-verb.ts'
import { buildServer } from '../../platform/web/server.ts'
import { plan } from './answers.ts'
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

interface Row {
  key: string
  kind: string
  rule: string
  about: string
  seen: { value?: number; threshold?: number }
  subject: { code: string } | null
  service: string | null
  setBy: string | null
  answers: unknown[]
  sentence: string
}

interface Desk {
  readonly sentence: string
  readonly total: number
  readonly signals: Row[]
}

/** All signals that fit, over all pages of the list. */
async function desk(query = ''): Promise<Desk> {
  const at = async (page: number): Promise<Desk> =>
    (await app.inject(`/desk.json${query}${query === '' ? '?' : '&'}page=${page}`)).json()
  const first = await at(1)
  const signals = [...first.signals]
  for (let page = 2; signals.length < first.total; page++) {
    const { signals: more } = await at(page)
    if (more.length === 0) break
    signals.push(...more)
  }
  return { ...first, signals }
}
const text = async (path: string): Promise<string> =>
  (await app.inject(path)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

async function verb(...args: string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const emit = (event: { kind: string; text?: string }) => {
    said += `${event.text ?? ''}\n`
  }
  const context = { db: opened.db, cwd: '/' }
  const signal = new AbortController().signal
  return { code: await makeDeskVerb(opened.catalogue)(args, context, emit, signal), said }
}

describe('the desk of the example area', () => {
  it('holds its floor breaches, its special cause, its outliers and its missing year', async () => {
    const { signals } = await desk()
    const keys = signals.map((s) => s.key)
    expect(keys).toContain('below-floor:ALDP03:ald-floor-primary:2024-25')
    expect(keys).toContain(plan.signal)
    expect(keys).toContain('missing-period::aldermere-gp-survey:2021-22')
    const of = (rule: string): (string | undefined)[] =>
      signals.filter((s) => s.rule === rule).map((s) => s.subject?.code)
    // Made to be much worse, and much better, than where they lie would let one expect.
    expect(of('far-worse')).toEqual(
      expect.arrayContaining(['ALDG03', 'ALDG04', 'ALDP03', 'ALDP04']),
    )
    expect(of('far-better')).toEqual(expect.arrayContaining(['ALDG01', 'ALDG02']))
    // The other hospital only drifts, and has its winters.
    expect(of('sudden-worsening')).toEqual(['ALDH02'])
  })

  it('lists the gravest first, and says how many there are of each kind', async () => {
    const { sentence, signals, total } = await desk()
    const order = [
      'floor',
      'entitlement',
      'worsening',
      'behind',
      'gap',
      'late',
      'improving',
      'success',
    ]
    const places = signals.map((s) => order.indexOf(s.kind))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(signals).toHaveLength(total)
    const need = signals.filter((s) => !['improving', 'success'].includes(s.kind)).length
    expect(sentence).toMatch(
      new RegExp(`^${need} things need attention: 2 floors missed, 1 entitlement missed, 1 sudden`),
    )
    expect(await text('/desk')).toContain(sentence)
  })

  it.each([
    ['?what=floor', (s: Row) => s.kind === 'floor'],
    ['?service=general-practice', (s: Row) => s.service === 'general-practice'],
    ['?answered=yes', (s: Row) => s.answers.length > 0],
    ['?answered=no', (s: Row) => s.answers.length === 0],
    ['?q=ALDP03', (s: Row) => s.subject?.code === 'ALDP03'],
    ['?about=ald-floor-primary', (s: Row) => s.about === 'ald-floor-primary'],
    [
      `?regime=${encodeURIComponent("Aldermere Heads' Association")}`,
      (s: Row) => s.setBy === "Aldermere Heads' Association",
    ],
  ])('is narrowed by its address: %s', async (query, fits) => {
    const all = (await desk()).signals
    const { signals } = await desk(query)
    expect(signals.map((s) => s.key)).toEqual(all.filter(fits).map((s) => s.key))
    expect(signals.length).toBeGreaterThan(0)
    expect(signals.length).toBeLessThan(all.length)
  })

  it('is grouped by standard, the farthest below first, with a table of the floors on top', async () => {
    const { signals } = await desk('?what=floor')
    const below = signals.map(({ seen }) => (seen.threshold ?? 0) - (seen.value ?? 0))
    expect(below).toEqual([...below].sort((a, b) => b - a))
    const page = await text('/desk')
    expect(page).toContain('Floors missed, by standard')
    expect(page).toContain('Below a floor: Half of pupils reach the expected standard (2)')
    expect(await text('/desk?order=name')).not.toContain('Below a floor: Half')
  })

  it('counts in its first sentence what a narrowed list shows', async () => {
    const { total } = await desk()
    const { sentence, total: floors } = await desk('?what=floor')
    expect(sentence).toBe(
      `In this list: ${floors} things need attention: ${floors} floors missed. The whole desk has ${total} signals.`,
    )
  })

  it('is narrowed by area', async () => {
    const { signals } = await desk('?place=ALDD01')
    for (const { subject } of signals) {
      const found = await opened.reader.subject(await opened.reader.state(), subject?.code ?? '')
      expect(found?.parents.map((p) => p.code)).toContain('ALDD01')
    }
    expect(signals.length).toBeLessThan((await desk()).signals.length)
    expect((await desk('?place=nowhere')).signals).toEqual([])
  })

  it('refuses what it cannot be asked', async () => {
    expect((await app.inject('/desk?what=ceiling')).statusCode).toBe(400)
    expect((await app.inject('/desk?order=anyhow')).statusCode).toBe(400)
    expect((await app.inject('/compare.atom')).statusCode).toBe(404)
    expect((await app.inject({ method: 'POST', url: '/desk' })).statusCode).toBe(405)
  })

  it('is a CSV with a row for each signal that fits', async () => {
    const { headers, body } = await app.inject('/desk.csv?what=floor')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [head, ...rows] = body.trim().split('\r\n')
    expect(head).toMatch(/^key,kind,rule,code,name,/)
    expect(rows).toHaveLength((await desk('?what=floor')).total)
  })

  it('is an Atom feed whose ids stay', async () => {
    const { headers, body } = await app.inject('/desk.atom?what=floor&page=1')
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    expect(body).toMatch(
      /^<\?xml version="1\.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/,
    )
    expect(body).toContain(
      '<link rel="self" type="application/atom+xml" href="http://localhost:80/desk.atom?what=floor"/>',
    )
    const ids = [...body.matchAll(/<id>(.+?)<\/id>/g)].map((m) => m[1])
    expect(new Set(ids).size).toBe(1 + (await desk('?what=floor')).total)
    for (const id of ids) {
      expect(id).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
    }
    for (const name of ['title', 'updated']) {
      expect(body.match(new RegExp(`<${name}>[^<]+</${name}>`, 'g'))).toHaveLength(ids.length)
    }
    expect((await app.inject('/desk.atom?what=floor')).body).toBe(body)
  })

  it('shows a plan with the figures before and after it', async () => {
    const page = await text('/desk?q=ALDH02')
    expect(page).toContain(plan.text)
    expect(page).toMatch(
      /Before the plan: [\d.]+% \([\d.]+ to [\d.]+\), April 2023 to March 2024\. After it: [\d.]+% \([\d.]+ to [\d.]+\), April 2024 to March 2025\./,
    )
    expect(page).toMatch(/(A change is shown|No change is shown)/)
  })

  it('is answered from the command line, and the page says so at once', async () => {
    const key = 'below-floor:ALDP03:ald-floor-primary:2024-25'
    expect(await text('/providers/ALDP03')).toContain('Nobody has answered this yet.')
    const reason = 'Half of the year joined us <late>.'
    const done = await verb('answer', key, '--explain', reason, '--as', 'head teacher')
    expect(done.code).toBe(0)
    for (const page of ['/providers/ALDP03', '/desk?what=floor']) {
      expect(await text(page)).toContain('Half of the year joined us &lt;late&gt;.')
      expect(await text(page)).toContain('Head teacher, ')
    }
    expect(await text('/providers/ALDP05')).not.toContain('On the steward’s desk')
  })

  it('refuses an answer with a sentence', async () => {
    expect(await verb('answer', 'nothing', '--accept', 'It is so.', '--as', 'chair')).toEqual({
      code: 2,
      said: 'There is no signal nothing now. List them with: plumbline desk\n',
    })
    expect((await verb('answer', 'x', '--accept', 'a', '--plan', 'b', '--as', 'c')).code).toBe(3)
    expect((await verb('answer', 'x', '--accept', 'yes it is')).code).toBe(3)
    expect((await verb('answer')).code).toBe(3)
    expect((await verb('--nobody')).code).toBe(3)
    expect((await verb('--kind', 'ceiling')).code).toBe(3)
  })

  it('is listed in the terminal', async () => {
    const { code, said } = await verb('--kind', 'floor', '--first', '1')
    expect(code).toBe(0)
    expect(said).toContain('things need attention')
    expect(said).toContain('false alarms a year')
    expect(said).toContain('below-floor:ALDP03:ald-floor-primary:2024-25')
    expect(said).toContain('1 more: --first 2 lists them all.')
  })
})
