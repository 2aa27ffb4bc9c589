import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database/database.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { makeReader } from './reader.ts'
import { hasRealData, openReal } from './testing-real.ts'
import { buildServer } from './web/server.ts'
import { word } from './web/words.ts'

const catalogue = loadCatalogue()

/** Published files of practices; see ../shared/data/README.md. */
describe.skipIf(!hasRealData)('a program written from the documentation alone', () => {
  let db: Database
  let reader: ReturnType<typeof makeReader>
  let app: Awaited<ReturnType<typeof buildServer>>
  let address: string
  beforeAll(async () => {
    db = await openReal('pglite')
    reader = makeReader(db, catalogue)
    const options = { logLevel: 'silent', example: null, ready: async () => true }
    app = await buildServer({ reader, ...options })
    address = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await app?.close()
    await db?.close()
  })

  const script = (): string => {
    const text = readFileSync(join(import.meta.dirname, '../docs/api.md'), 'utf8')
    const path = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'table.mjs')
    writeFileSync(path, /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '')
    return path
  }

  it.each([
    ['nhs-payments-per-weighted-patient', '2022-23', 6000],
    ['fingertips-91547', '2022-23', 6000],
  ])('rebuilds the table of %s', async (code, period, least) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script(), address, code, period],
      { maxBuffer: 10_000_000 },
    )
    const state = await reader.state()
    const indicator = (await reader.indicators(state)).get(code)
    const rows = await reader.tableRows(state, { indicator: code, period, breakdown: '' }, null)
    const shown = (x: number | undefined | null) =>
      x === undefined || x === null ? '' : x.toFixed(indicator?.decimals)
    const expected = rows
      .filter((r) => r.kind === 'provider')
      .map((r) => {
        const words =
          r.direction === null || !indicator
            ? r.status === 'value'
              ? 'not enough data to say'
              : r.status
            : word(indicator, r.direction).word
        const { lower95, upper95 } = r.limits ?? {}
        return [r.code, r.name, shown(r.value), shown(lower95), shown(upper95), words].join('\t')
      })
    expect(expected.length).toBeGreaterThan(least)
    expect(stdout.trimEnd().split('\n')).toEqual(expected)
  })
})
