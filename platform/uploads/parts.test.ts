import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { type Checksum, mostUnfinished, PartRefused, Parts } from './parts.ts'
import { NotTaken } from './receive.ts'

const sha256 = (bytes: Buffer): Checksum => ({
  algorithm: 'sha256',
  digest: createHash('sha256').update(bytes).digest(),
})

/** A body that gives these bytes and then breaks off. */
function brokenAfter(bytes: Buffer): Readable {
  let given = false
  return new Readable({
    read() {
      if (given || bytes.length === 0) return void this.destroy(new Error('aborted'))
      given = true
      this.push(bytes)
    },
  })
}

describe.each(testDatabases())('a file in parts, on $kind', ({ open }) => {
  let db: Database
  let person = ''
  let other = ''
  const folder = join(mkdtempSync(join(tmpdir(), 'plumbline-parts-')), 'parts')
  const taken = new Map<string, Buffer>()
  let refusal: Error | null = null

  const make = (free?: () => Promise<number>): Parts =>
    new Parts({
      free,
      db,
      folder,
      mostBytes: 10_000,
      take: async ({ id }, body) => {
        const bytes = await buffer(body)
        if (refusal) throw refusal
        taken.set(id, bytes)
      },
    })

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    const added = await db.query<{ id: string }>(
      `insert into person (pseudonym) values ('Calm otter 1'), ('Calm otter 2') returning id`,
    )
    person = added[0]?.id ?? ''
    other = added[1]?.id ?? ''
  })
  afterAll(() => db.close())

  const file = (bytes: number, fileName = 'waits.csv') => ({
    id: crypto.randomUUID(),
    person,
    fileName,
    modified: 1,
    bytes,
  })

  const step = fc.record({
    length: fc.integer({ min: 1, max: 400 }),
    has: fc.constantFrom('checksum', 'nothing'),
    fate: fc.constantFrom('whole', 'broken', 'damaged', 'elsewhere', 'restart'),
  })

  it('is the file that was sent, whatever became of its parts on their way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 1500 }),
        fc.array(step, { maxLength: 12 }),
        async (some, steps) => {
          const content = Buffer.from(some.map((b) => 32 + (b % 90)))
          let parts = make()
          const begun = await parts.begin(file(content.length))
          const at = async (): Promise<number> =>
            (await parts.find(begun.id, person))?.received ?? -1
          for (const { length, has, fate } of steps) {
            const offset = await at()
            if (offset === content.length) break
            const part = content.subarray(offset, offset + length)
            const checksum = has === 'checksum' ? sha256(part) : null
            const said = { offset, length: part.length, checksum }
            if (fate === 'restart') parts = make()
            else if (fate === 'whole') {
              expect(await parts.add(begun, said, Readable.from([part]))).toBe(offset + part.length)
            } else if (fate === 'elsewhere') {
              const wrong = { ...said, offset: offset + 1 }
              const sent = parts.add(begun, wrong, Readable.from([part]))
              await expect(sent).rejects.toMatchObject({ kind: 'elsewhere' })
              expect(await at()).toBe(offset)
            } else if (fate === 'broken') {
              const half = part.subarray(0, Math.floor((part.length - 1) / 2))
              const sent = parts.add(begun, said, brokenAfter(half))
              await expect(sent).rejects.toMatchObject({ kind: 'broken-off' })
              expect(await at()).toBe(checksum ? offset : offset + half.length)
            } else if (checksum) {
              const bad = Buffer.from(part.map((b) => b ^ 1))
              const sent = parts.add(begun, said, Readable.from([bad]))
              await expect(sent).rejects.toMatchObject({ kind: 'damaged' })
              expect(await at()).toBe(offset)
            }
          }
          const offset = await at()
          if (offset < content.length) {
            const rest = content.subarray(offset)
            const said = { offset, length: rest.length, checksum: sha256(rest) }
            await parts.add(begun, said, Readable.from([rest]))
          }
          expect(taken.get(begun.id)).toEqual(content)
          expect(existsSync(join(folder, begun.id))).toBe(false)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is nobody’s but whose it is', async () => {
    const parts = make()
    const begun = await parts.begin(file(10))
    expect(await parts.find(begun.id, other)).toBeNull()
    await expect(parts.begin({ ...begun, person: other })).rejects.toBeInstanceOf(NotTaken)
    await parts.drop(begun.id, other)
    expect((await parts.unfinished(person)).map((p) => p.id)).toContain(begun.id)
    expect(await parts.unfinished(other)).toEqual([])
    await parts.drop(begun.id, person)
    expect(await parts.find(begun.id, person)).toBeNull()
    expect(readdirSync(folder)).not.toContain(begun.id)
  })

  it('is gone on with by the same number for the same file alone', async () => {
    const parts = make()
    const begun = await parts.begin(file(10))
    expect(await parts.begin(begun)).toEqual(begun)
    await expect(parts.begin({ ...begun, bytes: 11 })).rejects.toThrow('used for another file')
    await parts.drop(begun.id, person)
  })

  it('whose last part died with the server is asked for that part again', async () => {
    const parts = make()
    const begun = await parts.begin(file(4))
    refusal = new Error('the disk is full')
    const all = { offset: 0, length: 4, checksum: null }
    const sent = parts.add(begun, all, Readable.from([Buffer.from('a,b\n')]))
    await expect(sent).rejects.toThrow('the disk is full')
    expect((await parts.find(begun.id, person))?.received).toBe(0)
    refusal = null
    expect(await make().add(begun, all, Readable.from([Buffer.from('a,b\n')]))).toBe(4)
    expect(taken.get(begun.id)?.toString()).toBe('a,b\n')
  })

  it('that is none of rows is refused by its first part, and gone', async () => {
    const parts = make()
    const begun = await parts.begin(file(9000, 'waits.xlsx'))
    const part = Buffer.from('PK\u0003\u0004 and so on')
    const said = { offset: 0, length: part.length, checksum: sha256(part) }
    await expect(parts.add(begun, said, Readable.from([part]))).rejects.toThrow('a spreadsheet')
    expect(await parts.find(begun.id, person)).toBeNull()
    expect(readdirSync(folder)).not.toContain(begun.id)
  })

  it('cuts off whoever still sends when its sender comes anew', async () => {
    const parts = make()
    const begun = await parts.begin(file(6))
    const stuck = new Readable({ read() {} })
    stuck.push('abc')
    const first = parts.add(begun, { offset: 0, length: 6, checksum: null }, stuck)
    const cut = expect(first).rejects.toBeInstanceOf(PartRefused)
    const whole = Buffer.from('abcdef')
    const second = parts.add(
      begun,
      { offset: 0, length: 6, checksum: sha256(whole) },
      Readable.from([whole]),
    )
    await cut
    // What the first had sent may have counted: then the second asks where to go on.
    const came = await second.catch((error: PartRefused) => error.kind)
    const received = (await parts.find(begun.id, person))?.received
    expect([came, received]).toEqual(came === 6 ? [6, 6] : ['elsewhere', received])
    await parts.drop(begun.id, person)
  })

  it('is one of a few at a time, and no larger than is taken', async () => {
    const parts = make()
    await expect(parts.begin(file(10_001))).rejects.toThrow('too large')
    const begun = await Promise.all(
      Array.from({ length: mostUnfinished }, () => parts.begin(file(9))),
    )
    await expect(parts.begin(file(9))).rejects.toThrow(`${mostUnfinished} files half sent`)
    for (const { id } of begun) await parts.drop(id, person)
    // All at the same moment: no more than a few begin.
    const many = await Promise.allSettled(
      Array.from({ length: mostUnfinished + 4 }, () => parts.begin(file(9))),
    )
    const began = many.flatMap((m) => (m.status === 'fulfilled' ? [m.value.id] : []))
    expect(began).toHaveLength(mostUnfinished)
    for (const id of began) await parts.drop(id, person)
    await parts.begin(file(9))
  })

  it('is no more than a person’s share, nor than the disk has room for', async () => {
    const parts = make()
    await db.query('delete from upload_part')
    const begun = [await parts.begin(file(10_000)), await parts.begin(file(10_000))]
    await db.query(
      `insert into upload (id, person_id, file_name, bytes, sha256, folder, state)
       values (gen_random_uuid(), $1, 'a.csv', 15000, '', 'a', 'ready'),
         (gen_random_uuid(), $1, 'b.csv', 90000, '', 'b', 'published'),
         (gen_random_uuid(), $2, 'c.csv', 90000, '', 'c', 'ready')`,
      [person, other],
    )
    await parts.begin(file(5000))
    await expect(parts.begin(file(1))).rejects.toThrow('Publish, drop or remove some of them first')
    for (const { id } of begun) await parts.drop(id, person)
    const full = make(async () => 200_000_001)
    await expect(full.begin(file(1))).rejects.toThrow('There is no room on the disk')
    await make(async () => 200_000_002).begin(file(1))
    await db.query('delete from upload')
  })

  it('that nobody goes on with is removed from the disk', async () => {
    const parts = make()
    const kept = await parts.begin(file(9))
    const old = await parts.begin(file(9))
    await db.query('delete from upload_part where id = $1', [old.id])
    await parts.removeForgotten()
    await parts.removeForgotten()
    expect(readdirSync(folder)).toContain(kept.id)
    expect(readdirSync(folder)).not.toContain(old.id)
  })
})
