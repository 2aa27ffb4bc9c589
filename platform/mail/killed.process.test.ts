import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { type KillPlace, killPlace, serving } from '../killed-rounds.ts'
import { type PostOffice, postOffice } from './testing.ts'

const people = ['ada', 'grace', 'mary', 'joan', 'emmy'].map((name) => `${name}@mailbox.example`)

const kept = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')

/**
 * Asks for a letter as a browser does, and types a wrong code; true once the server has said that the letter is
 * on its way, and that the code is wrong.
 */
async function ask(origin: string, email: string): Promise<boolean> {
  const form = await fetch(`${origin}/sign-in`)
  const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: kept(form) },
    body: new URLSearchParams({ _csrf: token, email }),
  })
  const typed = await fetch(`${origin}/sign-in/code`, {
    method: 'POST',
    headers: { cookie: `${kept(form)}; ${kept(answer)}` },
    body: new URLSearchParams({ _csrf: token, code: '0000 0000' }),
  })
  return answer.status === 303 && typed.status === 400
}

const header = (letter: string, name: string): string =>
  new RegExp(`^${name}: (.*)\\r$`, 'm').exec(letter)?.[1] ?? ''

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20)
}

async function killedInTheMiddle(at: KillPlace, office: PostOffice): Promise<string> {
  const first = await serving(at)
  office.hold()
  for (const email of people) expect(await ask(first.address, email)).toBe(true)
  // The server has handed a letter over, and does not know yet whether it was taken.
  await until(() => office.got.length > 0)
  first.child.kill('SIGKILL')
  await first.ended
  office.release()
  // What the dead one had claimed is another's some minutes later: here at once.
  await at.opened(async (db) => {
    await db.query('update letter set next_try_at = now() where sent_at is null')
    await db.query(
      `update jobs.job set state = 'retry', retry_count = retry_count + 1, start_after = now()
       where state = 'active'`,
    )
  })
  const second = await serving(at)
  const to = (): Set<string> => new Set(office.got.map((l) => header(l, 'To')))
  await until(() => people.every((email) => to().has(email)))
  second.child.kill('SIGTERM')
  await second.ended
  return first.said() + second.said()
}

describe.each(testKinds)('a server killed while it sends letters, on %s', (kind) => {
  it('loses none, sends none as two, and logs nothing of them', async () => {
    const office = await postOffice()
    const place = await killPlace(kind)
    const env = {
      ...place.env,
      SMTP_URL: office.url,
      PLUMBLINE_ADDRESS: 'http://plumbline.example',
      PLUMBLINE_EXAMPLE: 'off',
      LOG_LEVEL: 'trace',
    }
    try {
      const said = await killedInTheMiddle({ ...place, env }, office)
      const ids = new Map(office.got.map((l) => [header(l, 'Message-ID'), header(l, 'To')]))
      // Somebody’s letter may have come twice: as the same letter, which mailboxes show once.
      expect([...ids.values()].toSorted()).toEqual(people.toSorted())
      expect(said).toContain('"path":"/sign-in"')
      expect(said).toContain('"event":"sign-in","by":"code","end":"wrong"')
      expect(said).not.toMatch(/mailbox|_csrf|token=|browser=/)
      const left = await place.opened((db) =>
        db.query('select body from letter where sent_at is null or body is not null'),
      )
      expect(left).toEqual([])
    } finally {
      await office.close()
      await place.remove()
    }
  })
})
