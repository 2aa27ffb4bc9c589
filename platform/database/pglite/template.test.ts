import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { emptyPGlite } from '../testing.ts'
import { makeTemplate } from './template.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'plumbline-templates-'))
})
afterEach(() => rmSync(place, { recursive: true }))

/** A template of a database with 40 MB of rows, most of which are gone. */
async function template(): Promise<string> {
  const folder = join(place, 'first')
  const db = await openDatabase(emptyPGlite(folder))
  await db.query(`create table t as select i, repeat(i::text, 50) as said, 0::int8 as nothing
    from generate_series(1, 200000) i`)
  await db.query('delete from t where i > 1000')
  await db.query("insert into t values (0, repeat(chr(0x1f600), 3000), 7), (-1, '', null)")
  await db.close()
  const file = join(place, 't.template')
  await makeTemplate(file, folder)
  return file
}

const sum =
  'select count(*)::int4 as n, sum(length(said))::int4 as letters, sum(nothing)::int4 as x from t'

it('makes databases in memory and in folders, each its own, with all that was there', async () => {
  const file = await template()
  for (const folder of [null, null, join(place, 'second')]) {
    const db = await openDatabase({ kind: 'pglite', folder, template: file })
    const [found] = await db.query<{ n: number }>(sum)
    expect(found).toEqual({ n: 1002, letters: 50 * (9 + 180 + 2700 + 4) + 3000, x: 7 })
    // Longer than what was there, in every file of it.
    await db.query("insert into t select i, repeat('x', 500), 0 from generate_series(1, 20000) i")
    await db.query('create index on t (said)')
    expect((await db.query<{ n: number }>(sum))[0]?.n).toBe(21_002)
    await db.close()
  }
  const again = await openDatabase({
    kind: 'pglite',
    folder: join(place, 'second'),
    template: file,
  })
  expect((await again.query<{ n: number }>(sum))[0]?.n).toBe(21_002)
  await again.close()
})

it('stores one segment of the log, not those that lie ready', async () => {
  const file = await template()
  const log = join(place, 'first/pg_wal')
  expect(readdirSync(log).filter((name) => /^[\dA-F]{24}$/.test(name)).length).toBeGreaterThan(1)
  const db = await openDatabase({ kind: 'pglite', folder: join(place, 'second'), template: file })
  await db.close()
  const kept = readdirSync(join(place, 'second/pg_wal')).filter((name) =>
    /^[\dA-F]{24}$/.test(name),
  )
  expect(kept.length).toBe(1)
  expect(statSync(join(place, 'second/pg_wal', kept[0] ?? '')).size).toBe(16 * 2 ** 20)
})
