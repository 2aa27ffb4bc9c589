import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile, randomSource } from '@plumbline/statistics'
import { openPlace } from '../platform/control/carry-out.ts'
import { migrations } from '../platform/database/migrations/index.ts'
import { secretAt } from '../platform/people/secret.ts'
import { begin, savePage } from '../platform/surveys/answering.ts'
import { hashOf, returnCode } from '../platform/surveys/code.ts'
import { openSurvey } from '../platform/surveys/survey.ts'
import { load } from './load.ts'
import { plumbline, serve } from './processes.ts'
import type { Report } from './report.ts'

/** Answers that are sent in a second, and for how long. */
const rate = 200
const seconds = 15

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

/** People who have answered and not yet sent; gives the codes to come back by, and the poster's. */
async function prepared(folder: string): Promise<{ drafts: string[]; poster: string }> {
  const { db, close } = await openPlace({ folder, url: null }, migrations)
  try {
    const secret = secretAt({ given: null, folder })
    const survey = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Measured', service: 'general-practice', providers: ['M1'] },
        ...{ opens: day(-1), closes: day(1), invented: false, role: 'steward' },
      }),
    )
    const drafts: string[] = []
    for (let i = 0; i < rate * seconds * 1.2; i++) {
      const id = randomUUID()
      const code = returnCode(secret, id)
      const hash = hashOf(secret, code)
      const on = { way: 'poster', language: 'en', invitation: null } as const
      await begin(db, { id, survey, provider: 'M1', ...on, hash })
      const answers = { overall: '4', ease: '5', dignity: '5', better: 'More chairs.' }
      await savePage(db, hash, { answers, empty: [], language: 'en' })
      drafts.push(code)
    }
    const [link] = await db.query<{ code: string }>(
      'select code from survey_link where survey = $1',
      [survey],
    )
    return { drafts, poster: link?.code ?? '' }
  } finally {
    await close()
  }
}

/** Sends a form; how long its answer took from when it was due. */
function send(
  agent: Agent,
  url: string,
  { cookie, body, due }: { cookie: string; body: string; due: number },
): Promise<{ ms: number; ok: boolean }> {
  return new Promise((resolve) => {
    const end = (ok: boolean): void => resolve({ ms: performance.now() - due, ok })
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const asked = request(url, { agent, headers, method: 'POST' }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        end(answer.statusCode === 303 && /thanks/.test(answer.headers.location ?? '')),
      )
    })
    asked.on('error', () => end(false))
    asked.end(body)
  })
}

/** Answers to a survey, sent at a steady rate on PGlite while pages are read. */
export async function measureSurveys(temp: string, report: Report): Promise<void> {
  const folder = join(temp, 'surveys')
  await plumbline(folder, 'import', '--paper')
  const { drafts, poster } = await prepared(folder)
  const server = await serve(folder)
  try {
    const { address } = server
    const first = await fetch(`${address}/surveys/${poster}`)
    const token = /name="_csrf" value="([^"]+)"/.exec(await first.text())?.[1] ?? ''
    const cookie = first.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    const agent = new Agent({ keepAlive: true, maxSockets: 200 })
    const random = randomSource(2008)
    const start = performance.now()
    const reads = load(address, ['/', '/yardstick', '/releases', '/about'], seconds, 20)
    const sent: Promise<{ ms: number; ok: boolean }>[] = []
    for (let due = start; due < start + seconds * 1000; ) {
      const early = due - performance.now()
      if (early > 0) await wait(early)
      const draft = drafts[sent.length] ?? ''
      const body = new URLSearchParams({ _csrf: token, draft, language: 'en' }).toString()
      sent.push(send(agent, `${address}/surveys/send`, { cookie, body, due }))
      due += (-Math.log(1 - random.uniform()) * 1000) / rate
    }
    const all = await Promise.all(sent)
    agent.destroy()
    const { p99 } = await reads
    const sorted = Float64Array.from(all, (a) => a.ms).sort()
    const failed = all.filter((a) => !a.ok).length
    report.add('answers sent a second while pages are read', all.length / seconds, '', {
      least: rate * 0.95,
    })
    report.add('an answer until it is acknowledged, p50', percentile(sorted, 0.5), 'ms')
    report.add('an answer until it is acknowledged, p99', percentile(sorted, 0.99), 'ms', {
      most: 150,
    })
    report.add('answers that failed', failed, '', { most: 1 })
    report.add('pages read meanwhile at 20 a second, p99', p99, 'ms')
  } finally {
    await server.stop()
  }
}
