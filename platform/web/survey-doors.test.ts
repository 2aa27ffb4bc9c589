import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { TestBrowser } from './testing-people.ts'
import { withStoriesServer } from './testing-stories.ts'

let db: Database
let app: FastifyInstance
let steward: TestBrowser
let id = 0
let poster = ''

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

withStoriesServer(async (place) => {
  db = place.db
  app = place.app
  steward = new TestBrowser(app)
  await steward.walkIn('steward')
  const typed = { title: 'Our schools', service: 'primary-school', providers: 'X10001' }
  const days = { opens: day(-9), closes: day(20) }
  const sent = await steward.post('/surveys/run/new', { form: randomUUID(), ...typed, ...days })
  id = Number(/\d+$/.exec(String(sent.headers.location))?.[0])
  const [link] = await db.query<{ code: string }>(
    'select code from survey_link where survey = $1',
    [id],
  )
  poster = link?.code ?? ''
})
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

/** The codes of a letter of paper: to answer by, and not to be asked again by. */
async function letter(): Promise<{ answer: string; stop: string }> {
  const how = { frame: 'person,provider\nS1,X10001', replies: '1', rate: '100', months: '6' }
  const of = { form: randomUUID(), draw: randomUUID() }
  const { body } = await steward.post(`/surveys/run/${id}/letters`, { ...of, ...how })
  return {
    answer: /<strong>([A-Z0-9-]{17})</.exec(body)?.[1] ?? '',
    stop: /weight-bold">([A-Z0-9-]{17})</.exec(body)?.[1] ?? '',
  }
}

describe('the doors of surveys', () => {
  it('are in Welsh all around where that is asked for, and lead from one language to the other', async () => {
    const citizen = new TestBrowser(app)
    for (const [at, english, welsh] of [
      ['/surveys', 'Answer a survey', 'Ateb arolwg'],
      ['/surveys/stop', 'Do not ask me again', 'Peidiwch â gofyn i mi eto'],
    ] as const) {
      const en = (await citizen.get(at)).body
      expect(en).toContain(`>${english}</h1>`)
      expect(en).toContain(`href="${at}?lang=cy" lang="cy"`)
      const cy = (await citizen.get(`${at}?lang=cy`)).body
      expect(cy).toContain(`>${welsh}</h1>`)
      expect(cy).toContain(`href="${at}?lang=en" lang="en"`)
      expect(cy).toContain('<html lang="cy"')
      expect(cy).toContain('Neidio i’r prif gynnwys')
      expect(cy).not.toMatch(/Answer a survey|Do not ask me again|Letters and figures|Open now/)
      // What stewards wrote is said in their language.
      if (at === '/surveys') expect(cy).toContain('lang="en-GB">“Our schools”')
    }
  })

  it('keep the language on the way to a poster’s survey, and to answers that were begun', async () => {
    const citizen = new TestBrowser(app)
    expect((await citizen.get('/surveys?lang=cy')).body).toContain('name="lang" value="cy"')
    const come = async (search: string): Promise<unknown> =>
      (await citizen.get(`/surveys/enter?${search}`)).headers.location
    expect(await come(`code=${poster}&lang=cy`)).toBe(`/surveys/${poster}?lang=cy`)
    expect(await come(`code=${poster}`)).toBe(`/surveys/${poster}`)
    const sent = await citizen.post(`/surveys/${poster}`, {
      ...{ form: randomUUID(), language: 'en', way: 'poster' },
    })
    const draft = new URL(String(sent.headers.location), 'http://x').searchParams.get('draft') ?? ''
    expect(await come(`code=${draft}`)).toBe(`/surveys/answer?draft=${draft}`)
    expect(await come(`code=${draft}&lang=cy`)).toBe(`/surveys/answer?draft=${draft}&lang=cy`)
  })

  it('say in Welsh that a code or a link leads nowhere, and that a wish was kept', async () => {
    const { answer, stop } = await letter()
    const citizen = new TestBrowser(app)
    const lost = await citizen.get('/surveys/enter?code=BCDFG-HJKMN-PQRTV&lang=cy')
    expect(lost.statusCode).toBe(404)
    expect(lost.body).toContain('Nid ydym yn adnabod y cod hwn')
    expect(lost.body).toContain('href="/surveys?lang=cy"')
    const at = '/surveys/stop?lang=cy'
    const press = (code: string) => citizen.post('/surveys/stop', { code, lang: 'cy' }, at)
    const wrong = await press(answer)
    expect(wrong.statusCode).toBe(404)
    expect(wrong.body).toContain('Nid ydym yn adnabod y cod hwn')
    // Back to where this code is typed, not that by which one answers.
    expect(wrong.body).toContain('href="/surveys/stop?lang=cy"')
    const broken = await citizen.get('/surveys/stop?token=a.b.c&lang=cy')
    expect(broken.statusCode).toBe(400)
    expect(broken.body).toContain('Nid yw’r ddolen hon yn gweithio')
    const kept = await press(stop)
    expect(kept.statusCode).toBe(200)
    expect(kept.body).toContain('Ni fydd unrhyw arolwg yn gofyn i chi eto')
    expect(await db.query('select 1 from survey_peace where never')).toHaveLength(1)
  })
})
