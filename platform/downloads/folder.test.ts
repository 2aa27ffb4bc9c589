import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import { DownloadFolder } from './folder.ts'
import { DownloadRefused, madeFile, makeFile, refusal } from './make-file.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-downloads-'))
const state = (publication: number): State => ({
  publication,
  at: '2026-01-02T03:04:05.678Z',
  invented: false,
  answers: 0,
  record: 0,
  checkpoint: 0,
  erased: 0,
})

const finish = { modified: new Date('2026-01-02'), noted: true }

async function* pieces(...all: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) {
    await wait(1)
    if (piece instanceof Error) throw piece
    yield Buffer.from(piece)
  }
}

const parts = (...all: (string | Error)[]) => ({
  pieces: pieces(...all),
  rows: () => all.length,
  releases: () => [1],
})

it('a file comes whole, with its checksum, its rows and the day of its publication', async () => {
  const path = join(folder(), '7', 'all.csv')
  const made = await makeFile(path, parts('a,b\r\n', '1,2\r\n'), finish)
  expect(readFileSync(path, 'utf8')).toBe('a,b\r\n1,2\r\n')
  expect(made).toMatchObject({ bytes: 10, rows: 2, releases: [1] })
  expect(made.sha256).toBe('ea14f99c47575613ab22111122c847728c61007f6bfd7b062d02fcb99df3feb0')
  expect(await madeFile(path)).toEqual(made)
})

it('a making that breaks off leaves nothing, least of all something that looks whole', async () => {
  const at = folder()
  const broken = makeFile(join(at, 'all.csv'), parts('a,b\r\n', new Error('the cable')), finish)
  await expect(broken).rejects.toThrow('the cable')
  expect(readdirSync(at)).toEqual([])
})

it('a file cut short behind our back is made again', async () => {
  const path = join(folder(), 'all.csv')
  await makeFile(path, parts('a,b\r\n'), finish)
  truncateSync(path, 3)
  expect(await madeFile(path)).toBeNull()
})

it('while a file is being made nothing stands under its name, and two who ask share one making', async () => {
  const at = folder()
  const all = new DownloadFolder(at)
  let makings = 0
  const make = async (path: string) => {
    makings += 1
    const making = makeFile(path, parts('a', 'b', 'c'), finish)
    expect(await madeFile(path)).toBeNull()
    expect(existsSync(path)).toBe(false)
    return making
  }
  const found = await Promise.all([
    all.get(state(7), 'all.csv', make),
    all.get(state(7), 'all.csv', make),
  ])
  found.push(await all.get(state(7), 'all.csv', make))
  expect(makings).toBe(1)
  expect(new Set(found.map((f) => f.sha256)).size).toBe(1)
})

it('files are made one at a time, and a making that fails holds up nobody', async () => {
  const all = new DownloadFolder(folder())
  let under = 0
  const make = (fails: boolean) => async (path: string) => {
    under += 1
    expect(under).toBe(1)
    try {
      return await makeFile(path, fails ? parts(new Error('no')) : parts('a'), finish)
    } finally {
      under -= 1
    }
  }
  const asked = ['a', 'b', 'c'].map((name) => all.get(state(1), name, make(name === 'b')))
  const found = await Promise.allSettled(asked)
  expect(found.map((f) => f.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await all.get(state(1), 'b', make(false))
})

it('the folder keeps within its size: old publications go first, then what nobody asked for', async () => {
  const at = folder()
  const all = new DownloadFolder(at, 25)
  const make = (path: string) => makeFile(path, parts('0123456789'), finish)
  await all.get(state(1), 'old.csv', make)
  const first = await all.get(state(2), 'first.csv', make)
  await all.get(state(2), 'second.csv', make)
  expect(await all.made(state(1), 'old.csv')).toBeNull()
  utimesSync(first.path, new Date('2020-01-01'), new Date('2026-01-02'))
  await all.get(state(2), 'third.csv', make)
  expect(await all.made(state(2), 'first.csv')).toBeNull()
  expect(await all.made(state(2), 'second.csv')).not.toBeNull()
  expect(await all.made(state(2), 'third.csv')).not.toBeNull()
})

it('what a process that died left is removed at the next start, and nothing else', async () => {
  const at = folder()
  const all = new DownloadFolder(at)
  const { path } = await all.get(state(1), 'all.csv', (p) => makeFile(p, parts('a'), finish))
  writeFileSync(`${path}.0c0ffee.tmp`, 'half')
  const packing = join(all.at(1), '.package-x1y2z3', 'plumbline', 'figures')
  mkdirSync(packing, { recursive: true })
  writeFileSync(join(packing, 'release-1.csv'), 'half')
  await all.removeUnfinished()
  expect(readdirSync(all.at(1)).sort()).toEqual(['all.csv', 'all.csv.made.json'])
})

it.each([
  ['ENOSPC', /disk is full/],
  ['EDQUOT', /disk is full/],
  ['EACCES', /cannot be written/],
  ['EROFS', /cannot be written/],
])('%s is said in a sentence', (code, sentence) => {
  const said = refusal(Object.assign(new Error('x'), { code }))
  expect(said).toBeInstanceOf(DownloadRefused)
  expect(String(said)).toMatch(sentence)
})

it('a mistake of ours stays one', () => {
  const mistake = new TypeError('x is not a function')
  expect(refusal(mistake)).toBe(mistake)
})
