import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { killPlace, plumbline, serving } from '../killed-rounds.ts'

const docs = readFileSync(new URL('../../docs/descriptors.md', import.meta.url), 'utf8')

/** The files that docs/descriptors.md shows, by their path. */
const shown = new Map(
  [...docs.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map((m) => [m[1] ?? '', m[2] ?? '']),
)

describe.each(testKinds)('a descriptor written while the server runs, on %s', (kind) => {
  let at: Awaited<ReturnType<typeof killPlace>>
  let server: Awaited<ReturnType<typeof serving>>
  beforeAll(async () => {
    const place = await killPlace(kind)
    at = { ...place, env: { ...place.env, PLUMBLINE_EXAMPLE: 'off' } }
    server = await serving(at)
  })
  afterAll(async () => {
    server?.child.kill('SIGTERM')
    await server?.ended
    await at?.remove()
  })

  const root = (): string => dirname(at.place.folder)
  const write = (path: string, text = shown.get(path) ?? ''): void => {
    mkdirSync(join(root(), dirname(path)), { recursive: true })
    writeFileSync(join(root(), path), text)
  }
  const importing = async (): Promise<{ code: number | null; said: string }> => {
    const running = plumbline(at, ['import', join(root(), 'clinics-2024.csv'), '--quiet'])
    return { code: await running.ended, said: running.said() }
  }
  const page = (path: string) => fetch(`${server.address}${path}`)

  it('serves the import that is handed over, and its indicator has a page', async () => {
    write('clinics-2024.csv')
    expect((await importing()).said).toContain('No descriptor fits this file')
    expect((await page('/indicators/seen-in-time')).status).toBe(404)
    for (const path of shown.keys()) if (path.startsWith('data/catalogue/')) write(path)
    expect(await importing()).toMatchObject({ code: 0, said: expect.stringContaining('Published') })
    const answer = await page('/indicators/seen-in-time')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Seen in time')
    expect(await (await page('/providers/C101')).text()).toContain('Seen in time')
    expect((await page('/services/clinic')).status).toBe(200)
  })

  it('is drafted where nothing is, and never written over', async () => {
    const file = join(root(), 'clinics-2024.csv')
    const describing = async () => {
      const running = plumbline(at, ['describe', file, '--out', join(root(), 'draft.json')])
      return { code: await running.ended, said: running.said() }
    }
    expect(await describing()).toMatchObject({ code: 0, said: expect.stringContaining('Drafted') })
    write('draft.json', 'finished')
    const said = expect.stringContaining('draft.json is there already')
    expect(await describing()).toMatchObject({ code: 3, said })
    expect(readFileSync(join(root(), 'draft.json'), 'utf8')).toBe('finished')
  })

  it('that is wrong refuses the work with its place, and pages go on as before', async () => {
    const path = 'data/catalogue/sources/more.json'
    write(path, '{"id": "More!"}')
    const { code, said } = await importing()
    expect(code).toBe(1)
    expect(said).toContain('more.json')
    expect((await page('/indicators/seen-in-time')).status).toBe(200)
  })
})
