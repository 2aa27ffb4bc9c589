import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { clinics, prepare } from '../publishing/testing.ts'
import { findToken } from '../tokens/store.ts'
import { maySend } from '../tokens/token.ts'
import { makeVerbs } from './verbs.ts'

describe.each(testDatabases())('plumbline tokens on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  async function tokens(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
    const said = { stdout: '', stderr: '' }
    const emit = (event: ProgressEvent): void => {
      if (event.kind === 'line') said[event.stream] += `${event.text}\n`
    }
    const exit = await runVerb(makeVerbs(clinics), 'tokens', args, { db, cwd: '/' }, emit)
    return { exit, out: said.stdout, err: said.stderr }
  }

  it('makes one, alone on the output, lists it without showing it, and ends it', async () => {
    expect((await tokens()).out).toContain('There are no tokens.')
    const made = await tokens('make', 'The clinics', '--descriptor', 'clinics', '--import-only')
    expect(made).toMatchObject({ exit: 0, out: expect.stringMatching(/^plumbline_1_\S{43}\n$/) })
    const token = made.out.trim()
    expect(await findToken(db, token)).toMatchObject({
      name: 'The clinics',
      scope: { descriptors: ['clinics'] },
      publishes: false,
    })
    const listed = await tokens()
    expect(listed.out).toBe('1  The clinics: sends drafts of clinics. Valid for ever.\n')
    expect((await tokens('revoke', '1')).exit).toBe(0)
    expect((await tokens()).out).toContain('was revoked on')
    expect((await tokens('revoke', '9')).exit).toBe(2)
  })

  it('makes one that reports who was seen at some providers, and sends no files', async () => {
    await db.query(
      `insert into subject (id, kind, code) values (1, 'provider', 'C101'), (2, 'provider', 'C102')`,
    )
    const codes = ['C101', 'C102', 'C101'].map((code) => `--appointments=${code}`)
    const made = await tokens('make', 'Bookings', ...codes)
    expect(made).toMatchObject({ exit: 0 })
    const token = await findToken(db, made.out.trim())
    expect(token?.scope).toEqual({ appointments: ['C101', 'C102'] })
    const [descriptor] = clinics.descriptors
    expect(token && descriptor && maySend(token, descriptor)).toBe(false)
    expect((await tokens()).out).toContain('Bookings: reports who was seen at C101, C102. Valid')
  })

  it.each([
    ['make', 'X'],
    ['make', 'X', '--descriptor', 'clinics', '--publisher', 'Nobody'],
    ['make', 'X', '--descriptor', 'clinic'],
    ['make', 'X', '--publisher', 'nobody'],
    ['make', ' ', '--publisher', 'Nobody'],
    ['make', 'a\nb', '--publisher', 'Nobody'],
    ['make', 'X', '--publisher', 'Nobody', '--until', 'tomorrow'],
    ['make', 'X', '--publisher', 'Nobody', '--until', '2020-01-01'],
    ['make', 'X', '--appointments', 'C999'],
    ['make', 'X', '--appointments', 'C101', '--descriptor', 'clinics'],
    ['make', 'X', '--appointments', 'C101', '--import-only'],
    ['make'],
    ['revoke'],
    ['sell'],
    ['--sell'],
  ])('refuses %s %s %s %s with a sentence', async (...args) => {
    const { exit, out, err } = await tokens(...args.filter((a) => a !== undefined))
    expect(exit).toBe(3)
    expect(out).toBe('')
    expect(err).toMatch(/\w/)
  })
})
