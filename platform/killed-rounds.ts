import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { type DataPlace, openPlace } from './control/carry-out.ts'
import { exitCodes } from './control/verb.ts'
import type { Database } from './database/database.ts'
import { migrations } from './database/migrations/index.ts'
import { createTestDatabase, testPGlite } from './database/testing.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { importAndPublish } from './publishing/testing.ts'
import { makeReader } from './reader.ts'
import { verifyStored } from './record/verify.ts'
import { publishPaper } from './yardstick/paper.ts'

const cli = join(import.meta.dirname, 'cli/main.ts')
const catalogue = loadCatalogue()

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** How many made-up practices each file speaks of. */
const practices = 300
const codeOf = (i: number): string => `X${10_000 + i}`
const valueOf = (i: number, version: number): number => ((i * 7 + version * 13) % 1000) / 10

/** The datasets of a version, each a release: all of them must come to count at the same moment. */
const datasets = ['imd-score', 'qof-vaccination'] as const

/** Three files whose every figure, and every name, says which version they are. */
function writeVersion(folder: string, version: number): string[] {
  const all = Array.from({ length: practices }, (_, i) => i)
  const imd = all.map((i) => `${codeOf(i)},${valueOf(i, version)},2020`)
  const files = {
    'imd-by-practice-year.csv': ['Practice.Code,IMD,Year', ...imd],
    ...Object.fromEntries(
      ['2021-22', '2022-23'].map((year) => [
        `qof-vaccination-${year}.csv`,
        [
          'Practice code,Practice name,PCN ODS code,PCN name,perc_achievement',
          ...all.map((i) => `${codeOf(i)},Practice ${i} v${version},,,${valueOf(i, version)}`),
        ],
      ]),
    ),
  }
  return Object.entries(files).map(([name, lines]) => {
    const path = join(folder, name)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  })
}

/** Where the data of a test lies, with the command line's settings for it. */
export interface KillPlace {
  readonly place: DataPlace
  readonly env: NodeJS.ProcessEnv
  /** Runs `use` on the opened database: it opens, although its last owner was killed. */
  opened<T>(use: (db: Database) => Promise<T>): Promise<T>
  files(version: number): string[]
  remove(): Promise<void>
}

export async function killPlace(kind: 'pglite' | 'postgres'): Promise<KillPlace> {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-killed-'))
  const folder = join(root, 'data')
  const server =
    kind === 'postgres' ? await createTestDatabase(process.env.TEST_DATABASE_URL as string) : null
  const place = { folder, url: server?.url ?? null }
  const first = await openPlace(place, migrations, testPGlite(null).template)
  await first.close()
  return {
    place,
    env: {
      ...process.env,
      PLUMBLINE_DATA: folder,
      DATABASE_URL: server?.url ?? '',
      PORT: '0',
      LOG_LEVEL: 'silent',
      // To make the example area takes each start some 15 s; `first-run.process.test.ts` has starts that make it.
      PLUMBLINE_EXAMPLE: 'off',
    },
    async opened(use) {
      const { db, close } = await openPlace(place, migrations)
      return use(db).finally(close)
    },
    files: (version) => writeVersion(root, version),
    async remove() {
      await server?.drop()
      rmSync(root, { recursive: true })
    },
  }
}

/** A running `plumbline`, and what it has said. */
export interface Running {
  readonly child: ChildProcess
  said(): string
  /** The exit code, or null when it was killed. */
  readonly ended: Promise<number | null>
}

export function plumbline(at: KillPlace, args: readonly string[]): Running {
  const child = spawn(process.execPath, [cli, ...args], {
    env: at.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
    })
  }
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code) }
}

/** Imports a version; each event that it emits is a line. */
const importing = (at: KillPlace, version: number): Running =>
  plumbline(at, ['import', ...at.files(version), '--json', '--reason', `v${version}`])

/** Waits until an import has said so many things (it says about eight), or has ended. */
async function saidSoMuch(running: Running, events: number): Promise<void> {
  while (running.said().split('\n').length <= events && running.child.exitCode === null) {
    await Promise.race([once(running.child.stdout as NodeJS.ReadableStream, 'data'), running.ended])
  }
}

/** Starts the server and gives its address. */
export async function serving(at: KillPlace): Promise<Running & { address: string }> {
  const server = plumbline(at, ['start'])
  while (!server.said().includes('ready at')) {
    await Promise.race([once(server.child.stdout as NodeJS.ReadableStream, 'data'), server.ended])
    if (server.child.exitCode !== null) throw new Error(`The server ended: ${server.said()}`)
  }
  return { ...server, address: /ready at (\S+)/.exec(server.said())?.[1] as string }
}

export const providerPath = (i: number): string => `/providers/${codeOf(i % practices)}`

/** The paper's own figures, published before the first round: they come with no import after that. */
const paper = { published_in: 1, state: 'ready' }

/**
 * Sees that nothing is there by half: all figures and names of all practices are those of the one
 * version that the last publication names, all releases of that version are current, and no page
 * speaks of another. Gives that version; null while nothing is published.
 */
export async function wholeVersion(db: Database, round: string): Promise<number | null> {
  const reader = makeReader(db, catalogue)
  const state = await reader.state()
  const [last] = await db.query<{ reason: string }>(
    'select reason from publication where id = $1',
    [state.publication],
  )
  const current = await db.query<{ published_in: number; state: string }>(
    `select published_in, state from release
     where published_in is not null and ended_in is null and not yardstick`,
  )
  const yardstick = await db.query<{ published_in: number; state: string }>(
    'select published_in, state from release where yardstick',
  )
  expect(yardstick, round).toEqual([paper, paper])
  if (!last) {
    expect(current, round).toEqual([])
    return null
  }
  const ready = { published_in: state.publication, state: 'ready' }
  expect(current, round).toEqual([ready, ready, ready])
  const version = Number(last.reason.slice(1))
  for (let i = 0; i < practices; i += 37) {
    const page = await reader.subject(state, codeOf(i))
    expect(page?.name, round).toBe(`Practice ${i} v${version}`)
    const figures = page?.series.map((s) => [s.indicator, s.figures.map((f) => f.value)])
    const value = valueOf(i, version)
    expect(Object.fromEntries(figures ?? []), round).toEqual({
      [datasets[0]]: [value],
      [datasets[1]]: [value, value],
    })
  }
  await recordFits(db, state.publication, round)
  // More than a page of the list holds: each round leaves three releases behind.
  const listed = await reader.releases(state, { limit: 10_000 })
  expect(listed.filter((r) => r.status === 'published').length, round).toBe(
    current.length + yardstick.length,
  )
  expect(
    listed.filter((r) => r.status === 'draft'),
    round,
  ).toEqual([])
  return version
}

/** The record says of every publication what it did, of no other, and fits. */
async function recordFits(db: Database, publications: number, round: string): Promise<void> {
  const told = await db.query<{ publication: number; n: number }>(
    `select (entry::jsonb->'details'->>'publication')::int as publication, count(*)::int as n
     from record_entry where act = 'release-published' group by 1 order by 1`,
  )
  // The paper's own figures came first, by themselves.
  const all = Array.from({ length: publications }, (_, i) => {
    return { publication: i + 1, n: i + 1 === paper.published_in ? 2 : 3 }
  })
  expect(told, round).toEqual(all)
  expect((await verifyStored(db)).fault, round).toBeNull()
}

/** Runs the import of a version again, on the open database, and sees that it is there whole. */
async function again(at: KillPlace, db: Database, version: number, round: string): Promise<void> {
  const { accepted } = await importAndPublish(db, catalogue, at.files(version), {
    reason: `v${version}`,
  })
  expect(accepted, round).toBe(true)
  expect(await wholeVersion(db, round), round).toBe(version)
  const left = await db.query(`select id, state from release where state <> 'ready'`)
  expect(left, round).toEqual([])
}

/** The paper's own figures, then version 0. */
async function begin(at: KillPlace, db: Database, seed: number): Promise<void> {
  await publishPaper(db, catalogue, { by: 'a test' })
  await again(at, db, 0, `seed ${seed}, start`)
}

/** Kills imports at random moments, round after round on the same data; gives how many it met. */
export async function killImports(at: KillPlace, rounds: number, seed: number): Promise<number> {
  const random = randomFrom(seed)
  await at.opened((db) => begin(at, db, seed))
  let met = 0
  for (let version = 1; version <= rounds; version++) {
    const round = `seed ${seed}, round ${version}`
    const running = importing(at, version)
    await saidSoMuch(running, Math.floor(8 * random()))
    await Promise.race([wait(150 * random()), running.ended])
    running.child.kill('SIGKILL')
    if ((await running.ended) === null) met += 1
    await wholeAfter(at, running, version, round)
  }
  return met
}

/** After a kill: what was acknowledged is there, the rest as a whole or not at all; then it runs again. */
async function wholeAfter(at: KillPlace, running: Running, version: number, round: string) {
  const done = /Published 3 releases/.test(running.said())
  await at.opened(async (db) => {
    const found = await wholeVersion(db, `${round}: ${running.said()}`)
    expect(done ? [version] : [version - 1, version], round).toContain(found)
    await again(at, db, version, round)
  })
}

/** Kills servers while they answer, and import what the command line hands them. */
export async function killServers(at: KillPlace, rounds: number, seed: number): Promise<void> {
  const random = randomFrom(seed)
  await at.opened((db) => begin(at, db, seed))
  for (let version = 1; version <= rounds; version++) {
    const round = `seed ${seed}, server round ${version}`
    const server = await serving(at)
    const versions: number[] = []
    const asking = Array.from({ length: 6 }, (_, k) => ask(server, k, versions))
    while (versions.length === 0) await Promise.race([wait(5), ...asking])
    const running = importing(at, version)
    await saidSoMuch(running, Math.floor(8 * random()))
    await wait(150 * random())
    server.child.kill('SIGKILL')
    expect(await server.ended, round).toBeNull()
    const code = await running.ended
    // On PGlite the import dies with the server that it was handed to, and its client says so.
    const codes = at.place.url === null ? [exitCodes.done, exitCodes.serverGone] : [exitCodes.done]
    expect(codes, `${round}: ${running.said()}`).toContain(code)
    await Promise.all(asking)
    expect(new Set(versions).difference(new Set([version - 1, version])), round).toEqual(new Set())
    await wholeAfter(at, running, version, round)
  }
}

/** Reads provider pages until the server is gone; adds the version that each answer was of. */
async function ask(server: { address: string }, start: number, versions: number[]): Promise<void> {
  for (let i = start; ; i += 6) {
    try {
      const answer = await fetch(`${server.address}${providerPath(i)}.json`)
      const text = await answer.text()
      expect(answer.status, text).toBe(200)
      versions.push(versionOf(text))
    } catch (error) {
      // Killed: the connection broke.
      if (error instanceof TypeError) return
      throw error
    }
  }
}

/** The version of which a whole page is; -1 where it mixes two. */
function versionOf(text: string): number {
  const named = [...text.matchAll(/Practice \d+ v(\d+)/g)].map((m) => Number(m[1]))
  return new Set(named).size === 1 ? (named[0] as number) : -1
}
