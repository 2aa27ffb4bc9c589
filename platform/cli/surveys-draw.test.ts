import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { clinics, prepare } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { invitationAt } from '../surveys/answering.ts'
import { hashOf, readCode, stopHashOf } from '../surveys/code.ts'
import { personOfStop } from '../surveys/peace.ts'
import { openSurvey } from '../surveys/survey.ts'
import type { OwnPlace } from './own-place.ts'
import { makeVerbs } from './verbs.ts'

const secret = 'a secret that only this test has, and nobody else'
const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

describe.each(testDatabases())('plumbline surveys invite and letters on $kind', ({ open }) => {
  let db: Database
  let folder: string
  beforeAll(async () => {
    db = await prepare(await open())
    folder = mkdtempSync(join(tmpdir(), 'plumbline-draw-'))
    const people = Array.from({ length: 1500 }, (_, i) => `p${i}@example.org`)
    const rows = people.map((p, i) => `${p},C10${i % 2},${p}`)
    writeFileSync(join(folder, 'people.csv'), ['person,provider,email', ...rows].join('\n'))
    writeFileSync(join(folder, 'paper.csv'), 'person,provider\n=Ada,C100\nBo,C101\n')
  })
  afterAll(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })

  const opened = (): Promise<number> =>
    db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics', service: 'clinic', providers: ['C100', 'C101'] },
        ...{ opens: day(-1), closes: day(9), invented: true, role: 'steward' },
      }),
    )

  async function surveys(args: string[], own: Partial<OwnPlace> = {}) {
    const said = { stdout: '', stderr: '' }
    const emit = (event: ProgressEvent): void => {
      if (event.kind === 'line') said[event.stream] += `${event.text}\n`
    }
    const signIn = { given: secret, folder }
    const place = { signIn, home: 'https://plumbline.example.org', canPost: true, ...own }
    const verbs = makeVerbs(clinics, null, place)
    const exit = await runVerb(verbs, 'surveys', args, { db, cwd: folder }, emit)
    return { exit, out: said.stdout, err: said.stderr }
  }

  it('write to a sample of a list that no form would take, once', async () => {
    const survey = String(await opened())
    const how = ['--replies', '100', '--rate', '40']
    const first = await surveys(['invite', survey, 'people.csv', ...how])
    expect(first, first.err).toMatchObject({ exit: 0 })
    expect(first.out).toContain('Drew 500 of 1,500 people; 0 may not be asked now.')
    const letters = await unsentLetters(db, 2000)
    expect(letters).toHaveLength(500)
    const link = /^https:\/\/plumbline\.example\.org\/surveys\/enter\?code=(\S+)$/m
    const code = readCode(link.exec(letters[0]?.body ?? '')?.[1] ?? '')
    const at = await invitationAt(db, hashOf(secret, code?.code ?? ''))
    expect(at).toMatchObject({ survey: Number(survey), way: 'email' })
    const again = await surveys(['invite', survey, 'people.csv', ...how])
    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('invited to this survey') })
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('make letters of paper for whoever prints them, the same by the number of their draw', async () => {
    const survey = String(await opened())
    const words = ['letters', survey, 'paper.csv', '--out', 'letters.csv']
    const first = await surveys([...words, '--replies', '1', '--rate', '100'])
    expect(first, first.err).toMatchObject({ exit: 0 })
    const path = join(folder, 'letters.csv')
    const text = readFileSync(path, 'utf8')
    expect(statSync(path).mode & 0o077).toBe(0)
    const rows: Record<string, string>[] = parse(text, { columns: true })
    // What a spreadsheet would run is only a name.
    expect(rows.map((r) => r.person)).toEqual(["'=Ada", 'Bo'])
    const [one] = rows
    const code = readCode(one?.code ?? '')?.code ?? ''
    const at = await invitationAt(db, hashOf(secret, code))
    expect(at).toMatchObject({ survey: Number(survey), provider: one?.provider, way: 'letter' })
    expect(one?.address).toBe(`https://plumbline.example.org/surveys/enter?code=${one?.code}`)
    const [number = ''] = /[0-9a-f-]{36}/.exec(first.err) ?? []
    writeFileSync(path, '')
    expect(await surveys([...words, '--draw', number])).toMatchObject({ exit: 0 })
    expect(readFileSync(path, 'utf8')).toBe(text)
    const other = '00000000-0000-4000-8000-000000000000'
    expect(await surveys([...words, '--draw', other])).toMatchObject({ exit: 2 })
    expect(readFileSync(path, 'utf8')).toBe(text)
    const kept = JSON.stringify(await db.query('select * from record_entry'))
    expect(kept).not.toContain(number)
  })

  it('make letters of paper as a page to print, a letter on each sheet', async () => {
    const survey = String(await opened())
    writeFileSync(join(folder, 'page.csv'), 'person,provider\n<b>Cy,C100\nDi,C101\n')
    const words = ['letters', survey, 'page.csv', '--out', 'letters.html']
    const made = await surveys([...words, '--replies', '1', '--rate', '100'])
    expect(made, made.err).toMatchObject({ exit: 0 })
    const path = join(folder, 'letters.html')
    expect(statSync(path).mode & 0o077).toBe(0)
    const page = readFileSync(path, 'utf8')
    expect(page.match(/<section class="pl-slip"/g)).toHaveLength(2)
    expect(page.match(/<svg class="pl-qr"/g)).toHaveLength(2)
    expect(page).toContain('break-after: page')
    expect(page).toContain('&lt;b&gt;Cy')
    // It asks nothing of any server, and runs nothing.
    expect(page).not.toMatch(/<script|<link|src=/)
    const [, typed = ''] = /and type <strong>([A-Z0-9-]+)<\/strong>/.exec(page) ?? []
    const at = await invitationAt(db, hashOf(secret, readCode(typed)?.code ?? ''))
    expect(at).toMatchObject({ survey: Number(survey), way: 'letter' })
    const [, stop = ''] = /font-weight-bold">([A-Z0-9-]+)<\/span>/.exec(page) ?? []
    expect(await personOfStop(db, stopHashOf(secret, readCode(stop)?.code ?? ''))).not.toBeNull()
    const many = String(await opened())
    const rows = Array.from({ length: 5001 }, (_, i) => `q${i},C100`)
    writeFileSync(join(folder, 'many.csv'), ['person,provider', ...rows].join('\n'))
    const all = ['--replies', '5001', '--rate', '100']
    const refused = await surveys(['letters', many, 'many.csv', '--out', 'many.html', ...all])
    expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining('letters.csv') })
    expect(await db.query('select 1 from survey_frame where survey = $1', [many])).toEqual([])
  })

  it('refuse with a sentence, and draw nothing', async () => {
    const survey = String(await opened())
    const list = [survey, 'people.csv']
    const cases: readonly (readonly [string[], Partial<OwnPlace>, number, string])[] = [
      [['invite'], {}, 3, 'which survey and which list'],
      [['invite', 'x', 'people.csv'], {}, 3, 'which survey'],
      [['invite', '999', 'people.csv'], {}, 3, 'no survey 999'],
      [['invite', survey, 'nowhere.csv'], {}, 3, 'no file'],
      [['invite', ...list, '--rate', '0'], {}, 3, '--rate: Type a whole number from 1 to 100.'],
      [['invite', ...list, '--out', 'x.csv'], {}, 3, 'letters of paper'],
      [['invite', survey, 'paper.csv'], {}, 2, 'no email address'],
      [['invite', ...list], { home: null }, 2, 'PLUMBLINE_ADDRESS'],
      [['invite', ...list], { canPost: false }, 2, 'SMTP_URL'],
      [['invite', ...list], { signIn: { given: null, folder } }, 2, 'PLUMBLINE_SIGN_IN_SECRET'],
      [['letters', ...list], {}, 3, 'Say where the letters go'],
      [['letters', ...list, '--out', 'no/such/x.csv'], {}, 3, 'no folder'],
      [['letters', ...list, '--out', 'x.csv', '--draw', '7'], {}, 3, '--draw takes'],
    ]
    for (const [words, own, exit, sentence] of cases) {
      const found = await surveys(words, own)
      expect([words, found.exit, found.err]).toEqual([
        words,
        exit,
        expect.stringContaining(sentence),
      ])
    }
    expect(await db.query('select 1 from survey_frame where survey = $1', [survey])).toEqual([])
  })
})
