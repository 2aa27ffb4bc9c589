import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { killPlace, plumbline, serving } from './killed-rounds.ts'

it('a server makes a file on a thread, and ends in order with nothing half made', async () => {
  const at = await killPlace('pglite')
  const imported = plumbline(at, ['import', ...at.files(1), '--reason', 'first'])
  expect(await imported.ended, imported.said()).toBe(0)
  const server = await serving(at)
  try {
    const answer = await fetch(`${server.address}/downloads/everything.csv`)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text.split('\r\n').length).toBeGreaterThan(10)
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
    const cut = fetch(`${server.address}/downloads/plumbline.zip`).catch(() => null)
    server.child.kill('SIGTERM')
    expect(await server.ended, server.said()).toBe(0)
    await cut
    const folder = join(at.place.folder, 'downloads')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    )
    const whole = files.map((e) => e.name).filter((name) => !name.endsWith('.made.json'))
    expect(whole.filter((name) => !/^(everything\.csv|plumbline\.zip)$/.test(name))).toEqual([])
  } finally {
    server.child.kill('SIGKILL')
    await server.ended
    await at.remove()
  }
})
