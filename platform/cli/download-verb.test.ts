import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeDownloadVerb } from './download-verb.ts'

let db: Database
let cwd: string
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  cwd = mkdtempSync(join(tmpdir(), 'plumbline-verb-'))
})
afterAll(() => db.close())

const verb = makeDownloadVerb(clinics, () => clinics)

async function run(...args: string[]) {
  const said = { stdout: '', stderr: '' }
  const exit = await verb(
    args,
    { db, cwd },
    (event) => {
      if (event.kind === 'line') said[event.stream] += `${event.text}\n`
    },
    new AbortController().signal,
  )
  return { exit, ...said }
}

it('says so while nothing has been published', async () => {
  const { exit, stderr } = await run('everything', '--to', 'all')
  expect(exit).toBe(2)
  expect(stderr).toContain('Nothing has been published yet')
  await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
})

it('writes the whole package into a folder that was not there', async () => {
  const { exit, stdout } = await run('everything', '--to', 'all')
  expect(exit).toBe(0)
  expect(stdout).toBe(`Wrote 40 figures of 1 releases into ${join(cwd, 'all')}.\n`)
  expect(readdirSync(join(cwd, 'all')).sort()).toEqual([
    'README.md',
    'catalogue',
    'datapackage.json',
    'figures',
    'indicators.csv',
    'subjects.csv',
  ])
  const again = await run('everything', '--to', 'all')
  expect(again).toMatchObject({ exit: 2, stderr: expect.stringContaining('is there already') })
})

it.each([
  [['everything', '--form', 'csv'], 41],
  [['indicator', 'seen-in-time', '--form', 'csv'], 41],
  [['release', '1', '--form', 'jsonl'], 40],
  [['indicator', 'another', '--form', 'csv'], 1],
])('%j writes one file and nothing beside it', async (words, lines) => {
  const file = join(cwd, `${words.join('-')}.out`)
  const { exit, stdout } = await run(...words, '--to', file)
  expect(exit).toBe(0)
  expect(stdout).toMatch(/^Wrote .*: \d+ figures, [\d,]+ bytes, sha256 [0-9a-f]{64}\.\n$/)
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(lines)
  expect(existsSync(`${file}.made.json`)).toBe(false)
})

it.each([
  [['everything']],
  [['everything', '--to', 'x', '--form', 'exe']],
  [['indicator', '--to', 'x', '--form', 'csv']],
  [['indicator', 'seen-in-time', '--to', 'x']],
  [['release', 'last', '--to', 'x', '--form', 'csv']],
  [['constructor', 'a', '--to', 'x', '--form', 'csv']],
  [['everything', '--to', 'no/such/folder']],
  [['everything', '--too', 'x']],
])('%j are wrong words, and nothing is written', async (words) => {
  const { exit, stderr } = await run(...words)
  expect(exit).toBe(3)
  expect(stderr).not.toBe('')
  expect(existsSync(join(cwd, 'x'))).toBe(false)
})
