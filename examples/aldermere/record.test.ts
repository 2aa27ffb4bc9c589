import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  checkConsistency,
  checkInclusion,
  checkSeal,
  entryHash,
  fromHex,
  leafHash,
  openCheckpoint,
  readVerifier,
  type Verifier,
} from '@plumbline/record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerbs } from '../../platform/cli/verbs.ts'
import { erasePersonal } from '../../platform/record/erase.ts'
import { buildServer } from '../../platform/web/server.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
let app: Awaited<ReturnType<typeof buildServer>>
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-record-'))
  opened = await openAldermere()
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  app = await buildServer({ reader: opened.reader, ...options })
})
afterAll(async () => {
  await app?.close()
  await opened?.db.close()
  rmSync(folder, { recursive: true })
})

const json = async (path: string) => (await app.inject(path)).json()
const text = async (path: string): Promise<string> =>
  (await app.inject(path)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()
const all = (hashes: string[]): Uint8Array[] => hashes.map(bytes)
const keys = async (): Promise<Verifier[]> =>
  (await json('/record/checkpoints.json')).keys.flatMap((k: string) => readVerifier(k) ?? [])

async function record(...args: string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const emit = (event: { kind: string; text?: string }) => {
    said += `${event.text ?? ''}\n`
  }
  const verb = makeVerbs(opened.catalogue, { given: null, folder }).get('record')
  const context = { db: opened.db, cwd: folder }
  const code = await verb?.(args, context, emit, new AbortController().signal)
  return { code: code ?? -1, said }
}

interface Listed {
  readonly entry: { readonly act: string; readonly subject: string; readonly why: string | null }
  readonly personal: { readonly why?: { readonly value: string } }
}

describe('the public record of the example area', () => {
  it('lists what was done, the newest first, in words', async () => {
    const { total, entries } = await json('/record.json')
    const numbers = entries.map((e: { entry: { number: number } }) => e.entry.number)
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, i) => total - i))
    const page = await text('/record')
    expect(page).toContain(`Every act that matters is on this record`)
    expect(page).toMatch(
      /Answered the signal “[^”]+” of Tanselholt General Hospital, [^.]+, with a plan\./,
    )
    expect(page).toContain('It takes the place of release')
    expect(page).toMatch(
      /Judged 3 otherwise by the standard “[^”]+”\. Otherwise than before: 3 from/,
    )
    expect(page).not.toContain('undefined')
    const last = await json(`/record.json?page=${Math.ceil(total / 25)}`)
    expect(last.entries.at(-1).entry.number).toBe(1)
  })

  it.each([
    ['?act=release-superseded', ({ entry }: Listed) => entry.act === 'release-superseded'],
    ['?subject=release:1', ({ entry }: Listed) => entry.subject === 'release:1'],
    // Open in a publication, sealed in the answer to a correction: both are found.
    [
      '?q=sat%20their%20tests%20late',
      ({ entry, personal }: Listed) =>
        (entry.why ?? personal.why?.value)?.includes('sat their tests late'),
    ],
  ])('is narrowed by its address: %s', async (query, fits) => {
    const { total, entries } = await json(`/record.json${query}`)
    expect(total).toBeGreaterThan(0)
    expect(entries.every(fits)).toBe(true)
    expect((await app.inject(`/record.atom${query}`)).body.match(/<entry>/g)).toHaveLength(
      Math.min(25, total),
    )
  })

  it('is narrowed by days, and takes what people type as letters', async () => {
    const { total } = await json('/record.json')
    const day = new Date().toISOString().slice(0, 10)
    expect((await json(`/record.json?from=2020-01-01&to=${day}`)).total).toBeGreaterThan(total - 5)
    expect((await json('/record.json?to=2020-01-01')).total).toBe(0)
    expect((await json('/record.json?q=%25')).total).toBeLessThan(total)
    for (const wrong of ['from=2023-02-30', 'act=nothing', 'page=0', 'subject=%00']) {
      expect((await app.inject(`/record?${wrong}`)).statusCode, wrong).toBe(400)
    }
    for (const none of ['0', '999999', '999999999', 'x', '-1', '1e3']) {
      expect((await app.inject(`/record/${none}`)).statusCode, none).toBe(404)
    }
  })

  it('gives each entry with a proof that a stranger can follow', async () => {
    const { entry, text, hash, inclusion } = await json('/record/7.json')
    expect(JSON.parse(text)).toEqual(entry)
    expect(Buffer.from(entryHash(text)).toString('hex')).toBe(hash)
    const { index, size, hashes } = inclusion
    const [latest] = (await json('/record/checkpoints.json')).checkpoints
    const checkpoint = openCheckpoint(latest.note, await keys())?.checkpoint
    const root = checkpoint?.root ?? new Uint8Array()
    expect(checkpoint?.size).toBe(size)
    expect(checkInclusion({ index, size, leaf: bytes(hash), root, proof: all(hashes) })).toBe(true)
    const asked = await json('/record/inclusion.json?entry=7')
    expect(asked.hashes).toEqual(hashes)
    expect(asked.text).toContain(latest.note)
  })

  it('proves that each checkpoint grew from the one before', async () => {
    const { checkpoints } = await json('/record/checkpoints.json')
    expect(checkpoints.length).toBeGreaterThan(1)
    const [newer, older] = checkpoints
    const at = `/record/consistency.json?first=${older.size}&size=${newer.size}`
    const { hashes, firstCheckpoint } = await json(at)
    expect(firstCheckpoint).toBe(older.note)
    const roots = { firstRoot: bytes(older.root), root: bytes(newer.root) }
    const grown = { first: older.size, size: newer.size, proof: all(hashes), ...roots }
    expect(checkConsistency(grown)).toBe(true)
    expect((await app.inject('/record/checkpoint')).body).toBe(newer.note)
    expect((await app.inject(`/record/checkpoint?size=${older.size}`)).body).toBe(older.note)
    for (const none of [
      '/record/checkpoint?size=1',
      '/record/inclusion.json',
      '/record/inclusion.json?entry=99999',
      '/record/consistency.json?first=9&size=8',
    ]) {
      expect((await app.inject(none)).statusCode, none).toBe(404)
    }
    expect((await app.inject('/record/inclusion.json?entry=x')).statusCode).toBe(400)
    expect((await app.inject({ method: 'DELETE', url: '/record/1' })).statusCode).toBe(405)
    expect((await app.inject({ method: 'POST', url: '/record/export.ndjson' })).statusCode).toBe(
      405,
    )
  })

  it('shows who is judged otherwise, each with a proof', async () => {
    const [judged] = (await json('/record.json?act=judgements-changed')).entries
    const at = `/record/${judged.entry.number}/changes`
    const list = await json(`${at}.json`)
    expect(list.fits).toBe(true)
    expect(list.root).toBe(judged.entry.details.root)
    const [one] = list.changes
    const { proof } = await json(`${at}.json?q=${one.code}`)
    expect(JSON.parse(proof.leaf)).toEqual(one)
    const claim = { index: proof.index, size: proof.size, proof: all(proof.hashes) }
    const root = bytes(judged.entry.details.root)
    expect(checkInclusion({ ...claim, leaf: leafHash(proof.leaf), root })).toBe(true)
    const better = leafHash(proof.leaf.replace(/"after":"[^"]*"/, '"after":"not met"'))
    expect(checkInclusion({ ...claim, leaf: better, root })).toBe(false)
    expect(await text(`${at}?q=${one.code}`)).toContain('This list fits the record')
    expect((await app.inject(`${at}.csv`)).body).toContain(`\n${one.code},`)
    expect((await app.inject('/record/1/changes')).statusCode).toBe(404)
  })

  it('is linked from releases, standards and answered signals', async () => {
    expect(await text('/releases/1')).toContain('On the public record')
    const [adopted] = (await json('/record.json?act=standard-adopted')).entries
    const code = adopted.entry.subject.split(':')[1]
    expect(await text(`/standards/${code}`)).toContain('Standard adopted')
    const [answer] = (await json('/record.json?act=signal-answered')).entries
    const desk = (await app.inject('/desk?answered=yes')).body
    expect(desk).toContain(`/record?subject=${encodeURIComponent(answer.entry.subject)}`)
  })

  it('of a past day knows what was on it then', async () => {
    expect((await app.inject('/record?as-of=2020-01-01')).statusCode).toBe(200)
    expect((await json('/record.json?as-of=2020-01-01')).total).toBe(0)
    const { entry } = await json('/record/3.json')
    const [publication] = await opened.db.query<{ published_at: string }>(
      'select published_at from publication where id = 1',
    )
    const then = await json(
      `/record.json?as-of=${encodeURIComponent(publication?.published_at ?? '')}`,
    )
    expect(then.total).toBeGreaterThanOrEqual(entry.number)
    expect(then.total).toBeLessThan((await json('/record.json')).total)
  })

  it('is verified by the command line, and by a program that shares no code with it', async () => {
    expect(await record('verify')).toMatchObject({ code: 0 })
    const file = join(folder, 'record.ndjson')
    expect(await record('export', '--out', 'record.ndjson')).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe((await app.inject('/record/export.ndjson')).body)
    writeFileSync(join(folder, 'kept'), (await app.inject('/record/checkpoint')).body)
    const kept = await record('verify', 'record.ndjson', '--checkpoint', 'kept')
    expect(kept).toMatchObject({ code: 0, said: expect.stringContaining('The record fits') })
    const script = join(import.meta.dirname, '../../docs/verify-record.mjs')
    const run = (path: string) =>
      promisify(execFile)(process.execPath, [script, path, join(folder, 'kept')])
    expect((await run(file)).stdout).toContain('The record fits')
    // A key is bytes: in its base64 two + may stand as far apart as those around its number.
    const withPluses = `x+${'0'.repeat(8)}+AQ${'A'.repeat(10)}+${'A'.repeat(8)}+${'A'.repeat(22)}`
    const two = join(folder, 'two-keys.ndjson')
    writeFileSync(two, readFileSync(file, 'utf8').replace('"keys":[', `"keys":["${withPluses}",`))
    expect((await run(two)).stdout).toContain('The record fits')
    const spoilt = join(folder, 'spoilt.ndjson')
    writeFileSync(spoilt, readFileSync(file, 'utf8').replace('"number":9,', '"number":9.0,'))
    expect(await record('verify', 'spoilt.ndjson')).toMatchObject({
      code: 2,
      said: expect.stringContaining('altered, entry 9'),
    })
    await expect(run(spoilt)).rejects.toMatchObject({
      stdout: expect.stringMatching(/entry 9 was/),
    })
    const other = `x+${'0'.repeat(8)}+AQ==`
    expect((await record('verify', 'record.ndjson', '--key', other)).code).toBe(3)
    expect((await record('verify', 'kept')).code).toBe(2)
    for (const words of [[], ['nothing'], ['erase', '1'], ['key'], ['--nothing'], ['key', 'a b']]) {
      expect((await record(...words)).code, words.join(' ')).toBe(3)
    }
  })

  it('is refused by both programs at the same entry, however it was changed', async () => {
    expect(await record('export', '--out', 'whole.ndjson')).toMatchObject({ code: 0 })
    const whole = readFileSync(join(folder, 'whole.ndjson'), 'utf8').trimEnd().split('\n')
    const script = join(import.meta.dirname, '../../docs/verify-record.mjs')
    const at = (n: number): number => whole.findIndex((l) => l.includes(`"number":${n},`))
    const changed = (n: number): string => (whole[at(n)] ?? '').replace('"why":"', '"why":"Not: ')
    const cases: [string, string[], number][] = [
      ['altered', whole.with(at(5), changed(5)), 5],
      ['altered with the next', whole.with(at(5), changed(5)).with(at(6), changed(6)), 5],
      ['removed', whole.toSpliced(at(7), 1), 7],
      ['put in', whole.toSpliced(at(5) + 1, 0, whole[at(5)] ?? ''), 5],
    ]
    for (const [how, lines, n] of cases) {
      writeFileSync(join(folder, 'changed.ndjson'), `${lines.join('\n')}\n`)
      const ours = await record('verify', 'changed.ndjson')
      expect([how, ours.code], ours.said).toEqual([how, 2])
      expect(ours.said, how).toMatch(new RegExp(`entr(y|ies) ${n}\\b`, 'i'))
      const theirs = promisify(execFile)(process.execPath, [script, join(folder, 'changed.ndjson')])
      const sentence = expect.stringMatching(new RegExp(`entr(y|ies) (from )?${n}\\b`))
      await expect(theirs, how).rejects.toMatchObject({ code: 2, stdout: sentence })
    }
  })

  it('can be erased of a name, on its pages and of past days too, and still fits', async () => {
    const before = await json('/record/1.json')
    const { name } = before.personal
    expect(checkSeal('name', name.value, bytes(name.salt), before.entry.sealed.name)).toBe(true)
    const then = `/record/1?as-of=${encodeURIComponent(new Date().toISOString())}`
    expect(await text(then)).toContain(name.value)
    await erasePersonal(opened.db, 1, 'name', 'Its owner asked.')
    expect((await json('/record/1.json')).personal).toEqual({})
    expect(await text(then)).not.toContain(name.value)
    expect(await text('/record')).toContain('Erased the name of entry 1')
    expect(await text('/record?page=999')).toContain('There is no page 999 of this list.')
    expect((await record('verify')).code).toBe(0)
    expect((await record('erase', '1', 'name', '--reason', 'Again')).code).toBe(2)
    const signed = await record('checkpoint')
    expect(signed.said).toContain('— plumbline-')
    expect((await record('verify')).code).toBe(0)
  })
})
