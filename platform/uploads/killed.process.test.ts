import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { type KillPlace, killPlace, plumbline, serving } from '../killed-rounds.ts'
import { importAndPublish } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'

const email = 'steward@example.org'
/** Several servers are started, one after the other: on a busy machine that takes its time. */
const timeout = 300_000

/** Sends forms as a browser without a script does, and keeps its cookies. */
class Forms {
  readonly #cookies = new Map<string, string>()
  origin = ''

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(this.origin + path, {
      ...init,
      redirect: 'manual',
      headers: { cookie },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return answer
  }

  async text(path: string): Promise<string> {
    return (await this.ask(path)).text()
  }

  async post(path: string, fields: Record<string, string>, from = path): Promise<Response> {
    const token = /name="_csrf" value="([^"]+)"/.exec(await this.text(from))?.[1] ?? ''
    const body = new URLSearchParams({ _csrf: token, ...fields })
    return this.ask(path, { method: 'POST', body })
  }
}

async function signIn(forms: Forms): Promise<void> {
  await forms.post('/sign-in', { email })
  const code = /\b(\d{4} \d{4})\b/.exec(await forms.text('/dev/mail'))?.[1] ?? ''
  expect((await forms.post('/sign-in/code', { code }, '/sign-in')).status).toBe(303)
}

/** A place with one published version, whose steward is known. */
async function begin(at: KillPlace): Promise<number> {
  const granted = plumbline(at, [
    'people',
    'grant',
    email,
    '--role=steward',
    '--everywhere',
    '--why=a test',
  ])
  expect(await granted.ended, granted.said()).toBe(0)
  return at.opened(async (db) => {
    await importAndPublish(db, loadCatalogue(), at.files(1), { reason: 'v1' })
    const [row] = await db.query<{ id: number }>(
      `select id from release where file_name like 'imd-%' and ended_in is null`,
    )
    return row?.id ?? 0
  })
}

async function withdrawnOverAKill(at: KillPlace): Promise<void> {
  const release = await begin(at)
  const forms = new Forms()
  const first = await serving(at)
  forms.origin = first.address
  await signIn(forms)
  const url = `/publish/releases/${release}/withdraw`
  const asked = await forms.post(url, { reason: 'The county took it back' })
  first.child.kill('SIGKILL')
  expect([asked.status, asked.headers.get('location')]).toEqual([303, url])
  await first.ended
  const second = await serving(at)
  forms.origin = second.address
  while (!(await forms.text(url)).includes('It is no longer current')) await wait(200)
  expect(await forms.text(`/releases/${release}`)).toContain('The county took it back')
  second.child.kill('SIGTERM')
  await second.ended
  await at.opened(async (db) => {
    expect((await verifyStored(db)).fault).toBeNull()
    const acts = await db.query(`select 1 from record_entry where act = 'release-withdrawn'`)
    expect(acts).toHaveLength(1)
    expect(await db.query('select 1 from withdrawal')).toEqual([])
  })
}

describe.each(testKinds)('a server killed as soon as it was asked to withdraw, on %s', (kind) => {
  it('withdraws at its next start, once, with the reason', { timeout }, async () => {
    const place = await killPlace(kind)
    const more = { PLUMBLINE_EXAMPLE: 'off', PLUMBLINE_DEV_MAIL: 'on' }
    try {
      await withdrawnOverAKill({ ...place, env: { ...place.env, ...more } })
    } finally {
      await place.remove()
    }
  })
})
