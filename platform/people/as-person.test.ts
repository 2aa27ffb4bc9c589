import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { asPerson } from './as-person.ts'
import { grantRole } from './grants.ts'
import { latestProof, testPeople } from './testing.ts'

const here = { ip: '192.0.2.1', browser: 'hers' }
const guarded = ['person_address', 'person_session', 'role_grant', 'letter', 'sign_in_use'] as const
const columns: Readonly<Record<(typeof guarded)[number], string>> = {
  person_address: 'email',
  person_session: 'id',
  role_grant: 'why',
  letter: 'subject',
  sign_in_use: 'email',
}

describe.each(testDatabases())('the second wall on $kind', ({ open }) => {
  let db: Database
  const ids = new Map<string, string>()

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    const { signIn } = await testPeople(db).open()
    for (const email of ['ada@example.org', 'eve@example.org']) {
      await signIn.ask(email, 'http://localhost', here)
      const { code } = await latestProof(db, email)
      await signIn.byCode(email, code.replace(' ', ''), here)
      const request = { email, role: 'steward', scope: 'whole', from: '2026-01-01' }
      await grantRole(db, { ...request, why: 'appointed' }, 'operator')
      const [row] = await db.query<{ id: string }>(
        'select id from person_address where email = $1',
        [email],
      )
      ids.set(email, row?.id ?? '')
    }
  })
  afterAll(() => db.close())
  const ada = (): string => ids.get('ada@example.org') ?? ''

  it.each(guarded)(
    'shows of %s one person’s rows, though the statement asks for all',
    async (table) => {
      const sql = `select ${columns[table]} from ${table}`
      expect(await db.query(sql)).toHaveLength(2)
      expect(await asPerson(db, ada(), (tx) => tx.query(sql))).toHaveLength(1)
      expect(await asPerson(db, '', (tx) => tx.query(sql))).toHaveLength(0)
      expect(await db.query(sql)).toHaveLength(2)
    },
  )

  it.each([
    'select token from person_session',
    'select body from letter',
    'select * from person_address',
    'select * from sign_in_proof',
    'select * from sign_in_count',
    'delete from person_address',
    `update role_grant set role = 'steward'`,
    `insert into role_grant (person_id, role, scope, from_day, granted_by, why)
      select id, 'steward', 'whole', '2026-01-01', 'me', 'me' from person`,
    'delete from record_entry',
  ])('refuses: %s', async (sql) => {
    const asked = asPerson(db, ada(), (tx) => tx.query(sql))
    await expect(asked).rejects.toThrow('permission denied')
  })

  it('lets a person end their own sessions and no other', async () => {
    await asPerson(db, ada(), (tx) => tx.query('delete from person_session'))
    const left = await db.query<{ person: string }>(
      'select person_id as person from person_session',
    )
    expect(left.map((l) => l.person)).toEqual([ids.get('eve@example.org')])
  })
})
