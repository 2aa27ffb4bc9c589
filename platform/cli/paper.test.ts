import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProgressEvent } from '../control/verb.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { testDatabases, testPGlite } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { clinicRows, clinics, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { makeVerbs } from './verbs.ts'

const shipped = loadCatalogue()
const catalogue = {
  ...shipped,
  descriptors: [...shipped.descriptors, ...clinics.descriptors],
  indicators: new Map([...shipped.indicators, ...clinics.indicators]),
  services: [...shipped.services, ...clinics.services],
}
const never = new AbortController().signal

/** What a verb says; it must end well. */
async function runOn(db: Database, verb: string, ...args: string[]): Promise<string[]> {
  const said: string[] = []
  const say = (e: ProgressEvent): void => {
    if (e.kind === 'line') said.push(e.text)
  }
  const code = await makeVerbs(catalogue).get(verb)?.(args, { db, cwd: '/' }, say, never)
  expect(code, said.join('\n')).toBe(0)
  return said
}
describe.each(testDatabases())('the paper beside real figures on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  const run = (verb: string, ...args: string[]) => runOn(db, verb, ...args)
  const count = async (where: string): Promise<number> => {
    const rows = await db.query<{ n: number }>(
      `select count(*)::int as n from release where ${where}`,
    )
    return rows[0]?.n ?? -1
  }
  const known = async (): Promise<number> => {
    const reader = makeReader(db, catalogue)
    return (await reader.yardstick.all(await reader.state())).size
  }

  it('is not read by a check, nor by an import that keeps drafts', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    await run('check', path)
    await run('import', path, '--draft')
    expect(await count('yardstick')).toBe(0)
  })

  it('does not come where there is nothing else to publish', async () => {
    const strange = writeFile('strange.txt', 'nothing that anybody knows')
    const folder = dirname(strange)
    expect((await run('import', folder)).at(-1)).toBe('There is nothing new to publish.')
    expect(await count('yardstick')).toBe(0)
  })

  it('comes with the first publication, is not counted among its files, and invents nothing', async () => {
    // Left behind by a process that died between reading and publishing.
    await run('import', '--paper', '--draft')
    const said = await run('import', writeFile('clinics-2024.csv', clinicRows()))
    expect(said).toContain('Published 1 release as publication 1.')
    expect(said.join('\n')).toContain('The paper’s own figures, 2008, come with it')
    expect(await count('yardstick and published_in = 1')).toBe(2)
    expect(await count('published_in is null')).toBe(0)
    const reader = makeReader(db, catalogue)
    const state = await reader.state()
    expect(state.invented).toBe(false)
    expect(await known()).toBeGreaterThan(50)
    const [service] = clinics.services
    const clinicsFound = await reader.search(state, 'clinic')
    expect(clinicsFound.length).toBeGreaterThan(0)
    expect(clinicsFound.every((h) => h.kind === 'place' || h.service === service?.code)).toBe(true)
  })

  it('makes no place a provider', async () => {
    const rows = await db.query<{ kind: string }>(
      `select distinct s.kind from sheet h join subject s on s.id = h.subject_id
       where h.dataset in (select dataset from release where yardstick)`,
    )
    expect(rows).toEqual([{ kind: 'place' }])
  })

  it('does not come twice', async () => {
    const said = await run('import', writeFile('clinics-2023.csv', clinicRows()))
    expect(said.join('\n')).not.toContain('The paper’s own figures')
    expect(await count('yardstick')).toBe(2)
    expect((await run('import', '--paper')).at(-1)).toBe('There is nothing new to publish.')
  })

  it('stays away when it is withdrawn, until an operator asks for it', async () => {
    const rows = await db.query<{ id: number }>(
      'select id from release where yardstick order by id',
    )
    for (const { id } of rows) await run('withdraw', String(id), '--reason', 'to see')
    expect(await known()).toBe(0)
    await run('import', writeFile('clinics-2022.csv', clinicRows()))
    expect(await known()).toBe(0)
    const said = await run('import', '--paper')
    expect(said.at(-1)).toMatch(/^Published 2 releases/)
    expect(await known()).toBeGreaterThan(50)
  })

  it('is shown as it was at an earlier date', async () => {
    const reader = makeReader(db, catalogue)
    const gone = await db.query<{ at: string }>(
      `select (published_at - interval '1 millisecond')::text as at from publication order by id desc limit 1`,
    )
    const before = await reader.state(gone[0]?.at)
    expect((await reader.yardstick.all(before)).size).toBe(0)
  })
})

it('comes with drafts that are published later, too', async () => {
  const db = await prepare(await openDatabase(testPGlite(null)))
  try {
    const kept = await runOn(db, 'import', writeFile('clinics-2024.csv', clinicRows()), '--draft')
    expect(kept.at(-1)).toContain('plumbline publish 1')
    const said = await runOn(db, 'publish', '1')
    expect(said[0]).toBe('Published 1 release as publication 1.')
    expect(said[1]).toContain('come with it')
    expect(
      await db.query('select id from release where yardstick and published_in = 1'),
    ).toHaveLength(2)
  } finally {
    await db.close()
  }
})
