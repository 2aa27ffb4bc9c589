import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { createTestDatabase } from '../database/testing.ts'
import { deletePerson, ownData } from '../people/own-data.ts'
import { latestProof, testPeople } from '../people/testing.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { verifyStored } from './verify.ts'

const server = process.env.TEST_DATABASE_URL ?? ''
/** Roles belong to the whole server: one for each run. */
const role = `plumbline_app_${process.pid}`
const page = readFileSync(new URL('../../docs/record.md', import.meta.url), 'utf8')
/** The statements that docs/record.md gives an operator, each block of them as one text. */
const [rights = '', policies = ''] = [...page.matchAll(/(?:^ {4}.*\n)+/gm)]
  .map(([block]) => block.replaceAll('plumbline_app', role))
  .filter((block) => block.includes(role))

// Without a server there is no other role: PGlite has one owner, who is alone with it.
describe.skipIf(server === '')('a role that owns nothing, as docs/record.md makes it', () => {
  let owner: Database
  let app: Database
  let drop = async (): Promise<void> => undefined
  beforeAll(async () => {
    const made = await createTestDatabase(server)
    drop = made.drop
    owner = await prepare(await openDatabase({ kind: 'postgres', url: made.url }))
    await owner.query('create schema if not exists jobs')
    for (const statement of rights.split(/;$/m)) {
      if (!statement.includes('bypassrls') && statement.trim() !== '') await owner.query(statement)
    }
    await owner.query(policies.trim().replace(/;$/, ''))
    const url = new URL(made.url)
    url.searchParams.set('options', `-c role=${role}`)
    app = await openDatabase({ kind: 'postgres', url: url.href })
  })
  afterAll(async () => {
    await app.close()
    await owner.query(`drop owned by ${role}`)
    await owner.query(`drop role ${role}`)
    await owner.close()
    await drop()
  })

  it('publishes, signs people in, hands out and deletes what is theirs', async () => {
    expect(await app.query('select current_user as me')).toEqual([{ me: role }])
    await importAndPublish(app, clinics, [writeFile('clinics-2023.csv', clinicRows())])
    const { signIn, sessions } = await testPeople(app).open()
    const email = 'ada@example.org'
    const here = { ip: '192.0.2.1', browser: 'hers' }
    await signIn.ask(email, 'http://localhost', here)
    const { code } = await latestProof(app, email)
    const found = await signIn.byCode(email, code.replace(' ', ''), here)
    if (found.kind !== 'signed-in') throw new Error(`nobody was signed in: ${found.kind}`)
    const cookie = found.cookies.map((c) => c.split(';')[0]).join('; ')
    const { viewer } = await sessions.seen(cookie)
    const person = viewer.person?.id ?? ''
    expect((await ownData(app, person)).person_address).toHaveLength(1)
    await deletePerson(app, person)
    expect(await app.query('select id from person_address')).toEqual([])
    expect((await verifyStored(app)).fault).toBeNull()
  })

  it.each([
    'update record_entry set act = act',
    'delete from record_entry',
    'truncate record_entry cascade',
    'update record_personal set value = value',
    'update record_checkpoint set size = size',
    'delete from record_checkpoint',
    'update record_key set verifier = verifier',
    'delete from record_head',
    'alter table record_entry disable trigger all',
    'drop table record_entry cascade',
  ])('may not: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/)
  })

  it('shows a person their own rows alone', async () => {
    const { signIn } = await testPeople(app).open()
    for (const email of ['ada@example.org', 'eve@example.org']) {
      await signIn.withoutLetter(email)
    }
    const [ada] = await app.query<{ id: string }>(
      `select id from person_address where email = 'ada@example.org'`,
    )
    expect((await ownData(app, ada?.id ?? '')).person_address).toEqual([
      expect.objectContaining({ email: 'ada@example.org' }),
    ])
  })
})
