import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'

const main = join(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true }))

async function typed(...args: string[]) {
  const env = { ...process.env, PLUMBLINE_DATA: data, DATABASE_URL: '' }
  const child = spawn(process.execPath, [main, ...args], { env, cwd: folder })
  const ended = once(child, 'exit')
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code, out, said }
}

describe('a verb in a folder where nothing was ever kept', () => {
  it.each([
    ['record', 'verify'],
    ['publish', '1', '--reason', 'new figures'],
    ['download', 'everything', '--to', 'out'],
  ])('%s %s says that it is the wrong one, and makes nothing there', async (...args) => {
    const { code, out, said } = await typed(...args)
    expect([code, out]).toEqual([1, ''])
    expect(said).toBe(
      `There is no Plumbline in ${data}: nothing has been imported or started there. Go to the folder from which it runs, or say where its data is by PLUMBLINE_DATA.\n`,
    )
    expect(existsSync(data)).toBe(false)
  })

  it('verifies a file all the same', async () => {
    const { said } = await typed('record', 'verify', 'none.ndjson')
    expect(said).not.toContain('There is no Plumbline')
  })
})
