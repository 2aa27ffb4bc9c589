import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { testKinds } from './database/testing.ts'
import { type KillPlace, killPlace, plumbline, serving } from './killed-rounds.ts'
import { receiver } from './webhooks/testing.ts'

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(100)
}

/** Runs a verb to its end and gives what it said. */
async function say(at: KillPlace, ...args: string[]): Promise<string> {
  const running = plumbline(at, args)
  expect(await running.ended, running.said()).toBe(0)
  return running.said()
}

describe.each(testKinds)('a server killed while it tells webhooks, on %s', (kind) => {
  it('tells all of it after its next start, what it was at under the same name', {
    // On a server, a job whose process died is tried again when its patience has run out.
    timeout: 240_000,
  }, async () => {
    const place = await killPlace(kind)
    const env = { ...place.env, PLUMBLINE_WEBHOOKS_PRIVATE: 'on', PLUMBLINE_EXAMPLE: 'off' }
    const at = { ...place, env }
    const other = await receiver()
    try {
      const added = await say(at, 'webhooks', 'add', other.address, '--events', 'release.published')
      expect(added).toMatch(/\nwhsec_[A-Za-z0-9+/=]{44}\n/)
      // Published while no server runs, which nobody has been told of yet when one starts.
      await say(at, 'import', ...at.files(1))
      other.answer(() => null)
      const server = await serving(at)
      await until(() => other.received.length === 1)
      server.child.kill('SIGKILL')
      await server.ended
      other.answer(() => 204)
      const again = await serving(at)
      await until(async () => / 0 waiting\. It works\./.test(await say(at, 'webhooks')))
      // Three files and the paper's two, each told; the one that was under way twice, by one name.
      const { received } = other
      const first = received[0]
      expect(new Set(received.map((r) => r.id)).size).toBe(5)
      const twice = received.filter((r) => r.id === first?.id)
      expect(received.length).toBe(4 + twice.length)
      expect(twice.length).toBe(2)
      expect(twice[1]?.body).toBe(first?.body)
      expect(await say(at, 'webhooks')).toContain('5 delivered in the last 30 days, 0 waiting.')
      again.child.kill('SIGTERM')
      expect(await again.ended).toBe(0)
    } finally {
      await other.close()
      await at.remove()
    }
  })
})
