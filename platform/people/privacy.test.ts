import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { answerSignal } from '../desk/answer.ts'
import { takeSignal } from '../desk/handle.ts'
import { verifyStored } from '../record/verify.ts'
import { askCorrection } from '../replies/correction.ts'
import { usualClock } from '../replies/deadline.ts'
import type { KnownMatter } from '../replies/matter.ts'
import { giveReply } from '../replies/reply.ts'
import { asPerson } from './as-person.ts'
import { forget } from './forget.ts'
import { grantRole } from './grants.ts'
import { deletePerson, ownData, whatStays } from './own-data.ts'
import type { People } from './people.ts'
import { personalTables } from './privacy.ts'
import { cookieOf, latestProof, testPeople } from './testing.ts'

const here = { ip: '192.0.2.1', browser: 'hers' }

describe.each(testDatabases())('what is personal on $kind', ({ open }) => {
  let db: Database
  let people: People

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    people = testPeople(db)
  })
  afterAll(() => db.close())

  /** Somebody who signed in by a code, holds a role, and has another letter under way. */
  async function somebody(email: string): Promise<{ id: string; cookie: string }> {
    const { signIn, sessions } = await people.open()
    await signIn.ask(email, 'http://localhost', here)
    const { code } = await latestProof(db, email)
    const found = await signIn.byCode(email, code.replace(' ', ''), here)
    const cookie = found.kind === 'signed-in' ? cookieOf(found.cookies) : ''
    await signIn.ask(email, 'http://localhost', here)
    const request = { email, role: 'steward', scope: 'whole', from: '2026-01-01' }
    await grantRole(db, { ...request, why: 'appointed by the council' }, 'operator')
    return { id: (await sessions.seen(cookie)).viewer.person?.id ?? '', cookie }
  }

  /** What somebody said in public, under a name, by the forms. */
  async function saidBy(person: string, name: string) {
    const matter: KnownMatter = {
      ...{ provider: person, kind: 'figure', about: 'reading', providerName: 'Ansty School' },
      ...{ name: 'Reading', period: '2024-25', service: 'school' },
    }
    const day = '2026-05-04'
    const signal = `below-floor:${person}:reading:2024`
    const [subject] = await db.query<{ id: number }>(
      `insert into subject (id, kind, code)
       select coalesce(max(id), 0) + 1, 'provider', $1 from subject returning id`,
      [person],
    )
    const [publication] = await db.query<{ id: number }>(
      `insert into publication (id, published_at, published_by, reason)
       select coalesce(max(id), 0) + 1, now(), 'steward', 'For a test' from publication returning id`,
    )
    await db.query(
      `insert into signal (rule, about, publication, body, watched, false_alarms)
       values ('below-floor', 'reading', $1, $2, 1, 0)`,
      [publication?.id, JSON.stringify([{ subject: subject?.id, period: '2024' }])],
    )
    return db.transaction(async (tx) => {
      const given = { text: 'Half joined in May.', name, role: 'head teacher', givenOn: day }
      const reply = await giveReply(tx, matter, given, null, person)
      const words = { wrong: 'Of Xanthippe.', rightIs: 'The other.', evidence: 'The register.' }
      const asked = { ...words, isPrivate: true, role: 'head teacher', askedOn: day }
      const correction = await askCorrection(tx, matter, asked, usualClock, person)
      const plan = { signal, kind: 'explain', text: 'A plan of ours.', role: 'head', name }
      const by = { today: day, seen: null, person }
      await answerSignal(tx, { ...plan, givenOn: day }, by)
      const [last] = await tx.query<{ size: number }>('select size from record_head')
      await takeSignal(tx, { signal, role: 'steward', on: day, seen: null, person })
      const changeReply = (text: string) =>
        db.transaction((after) => giveReply(after, matter, { ...given, text }, reply, person))
      return { entries: { reply, answer: last?.size ?? 0 }, correction, changeReply }
    })
  }

  /** Every table with its rows as text. */
  async function everything(): Promise<Map<string, string>> {
    const tables = await db.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    const found = new Map<string, string>()
    for (const { name } of tables) {
      found.set(name, JSON.stringify(await db.query(`select * from "${name}"`)))
    }
    return found
  }

  it('is declared: every table that points at a person, or has a column for what is personal', async () => {
    const found = await db.query<{ name: string }>(
      `select distinct table_name as name from information_schema.columns
       where table_schema = 'public' and (column_name ~ '(^|_)(email|person_id|ip_address|user_agent)$'
         or (table_name, column_name) in (('letter', 'address'), ('signal_answer', 'name'),
           ('record_personal', 'value'), ('sign_in_proof', 'value'), ('sign_in_count', 'who')))`,
    )
    const declared = personalTables.map((t) => t.table)
    expect(declared).toEqual(expect.arrayContaining(found.map((f) => f.name)))
    for (const table of declared) expect((await everything()).has(table)).toBe(true)
  })

  it('lies in no table that is not declared', async () => {
    await somebody('grace@hopper.example')
    const [{ pseudonym = '' } = {}] = await db.query<{ pseudonym: string }>(
      'select pseudonym from person',
    )
    const holding = [...(await everything())]
      .filter(([, rows]) => rows.includes('grace@hopper') || rows.includes(pseudonym))
      .map(([name]) => name)
    expect(holding.length).toBeGreaterThan(4)
    expect(personalTables.map((t) => t.table)).toEqual(expect.arrayContaining(holding))
  })

  it('can be taken away, one’s own alone', async () => {
    const { id } = await somebody('ada@lovelace.example')
    await somebody('eve@elsewhere.example')
    const data = await ownData(db, id)
    const text = JSON.stringify(data)
    expect(text).toContain('ada@lovelace.example')
    expect(text).not.toContain('elsewhere')
    expect(data.role_grant).toMatchObject([{ role: 'steward', why: 'appointed by the council' }])
    expect(data.person_session).toHaveLength(1)
    expect(data.letter).toHaveLength(2)
    expect(data.record_personal).toHaveLength(2)
    // No secret is among them, such as what a browser could sign in by.
    expect(text).not.toMatch(/token|otp|magic-link/)
  })

  it('can be deleted, and leaves nothing; the record still fits and says so', async () => {
    const { id, cookie } = await somebody('mary@somerville.example')
    const other = await somebody('joan@clarke.example')
    const [{ pseudonym = '' } = {}] = await db.query<{ pseudonym: string }>(
      'select pseudonym from person where id = $1',
      [id],
    )
    await deletePerson(db, id)
    const left = [...(await everything())].filter(
      ([, rows]) => rows.includes('mary@') || rows.includes(pseudonym) || rows.includes(id),
    )
    expect(left.map(([name]) => name)).toEqual([])
    const reasons = await db.query(`select number from record_personal p join record_entry e
      using (number) where p.name = 'why' and e.subject not in
      (select 'grant:' || id from role_grant)`)
    expect(reasons).toEqual([])
    const { sessions } = await people.open()
    expect((await sessions.seen(cookie)).viewer.person).toBeNull()
    expect((await sessions.seen(other.cookie)).viewer.person).not.toBeNull()
    expect((await verifyStored(db)).fault).toBeNull()
    const [last] = await db.query<{ act: string }>(
      'select act from record_entry order by number desc limit 1',
    )
    expect(last?.act).toBe('part-erased')
  })

  it('goes with the account from what was said in public, under every name; the roles end on the record', async () => {
    const { id } = await somebody('ada@byron.example')
    const { entries, correction, changeReply } = await saidBy(id, 'Ada Q. Lovelace')
    const other = await somebody('eve@byron.example')
    const kept = await saidBy(other.id, 'Eve E. Elsewhere')
    const own = JSON.stringify(await ownData(db, id))
    for (const word of [
      'Ada Q. Lovelace',
      'Of Xanthippe',
      'Half joined in May',
      'A plan of ours',
    ]) {
      expect(own).toContain(word)
    }
    expect(own).not.toContain('Elsewhere')
    for (const table of ['act_person', 'correction_text']) {
      const all = `select * from ${table}`
      const theirs = await asPerson(db, id, (tx) => tx.query(all))
      // The wall: PostgreSQL shows one person's rows, though the statement asks for all.
      expect([table, theirs.length]).toEqual([table, table === 'act_person' ? 4 : 1])
      expect((await db.query(all)).length).toBe(theirs.length * 2)
    }
    expect(await whatStays(db, id)).toEqual({ replies: 1, corrections: 1, answers: 1, others: 1 })
    // A reply that is changed is one reply all the same.
    await changeReply('Half joined in June.')
    expect(await whatStays(db, id)).toMatchObject({ replies: 1, others: 1 })
    const [{ size = 0 } = {}] = await db.query<{ size: number }>('select size from record_head')
    await deletePerson(db, id)
    const left = [...(await everything())].filter(([, rows]) => rows.includes('Lovelace'))
    expect(left.map(([name]) => name)).toEqual([])
    expect((await everything()).get('correction_text')).not.toContain(`"correction":${correction},`)
    expect((await everything()).get('reply_text')).toContain('Half joined in May')
    expect((await everything()).get('reply_text')).toContain('Eve E. Elsewhere')
    expect((await everything()).get('correction_text')).toContain(
      `"correction":${kept.correction},`,
    )
    const said = await db.query<{ act: string; subject: string; why: string; sealed: number }>(
      `select act, subject, entry::jsonb->>'why' as why,
         (select count(*)::integer from jsonb_object_keys(entry::jsonb->'sealed')) as sealed
       from record_entry where number > $1 order by number`,
      [size],
    )
    expect(said[0]).toMatchObject({
      act: 'role-revoked',
      why: expect.stringMatching(/deleted their account/),
      sealed: 0,
    })
    expect(said.filter((s) => s.act === 'role-revoked')).toHaveLength(1)
    const erased = said.slice(1)
    expect(new Set(erased.map((s) => s.act))).toEqual(new Set(['part-erased']))
    // Once for each entry, whatever went of it.
    expect(new Set(erased.map((s) => s.subject)).size).toBe(erased.length)
    expect(erased.map((s) => s.subject)).toEqual(
      expect.arrayContaining([`entry:${entries.reply}`, `entry:${entries.answer}`]),
    )
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('is forgotten table by table: one that fails is named, and keeps no other', async () => {
    const asked: string[] = []
    const query = async (sql: string): Promise<never[]> => {
      asked.push(sql)
      if (asked.length === 1) throw new Error('no such column')
      return []
    }
    const first = personalTables.find((t) => t.forget !== null)?.table
    await expect(forget({ ...db, query } as typeof db)).rejects.toThrow(
      `${first} was not forgotten`,
    )
    expect(asked).toEqual(personalTables.flatMap((t) => t.forget ?? []))
  })

  it('is forgotten when its time is over, and not before', async () => {
    const { id } = await somebody('emmy@noether.example')
    const [before] = [await everything()]
    await forget(db)
    expect([...(await everything())]).toEqual([...before])
    await db.query(`update sign_in_proof set expires_at = now() - interval '1 second'`)
    await db.query(`update sign_in_use set expires_at = now() - interval '1 second'`)
    await db.query(`update person_session set expires_at = now() - interval '1 second'`)
    await db.query(`update sign_in_count set hour = hour - interval '4 hours'`)
    await db.query(`update letter set posted_at = now() - interval '31 days'`)
    await forget(db)
    for (const table of [
      'sign_in_proof',
      'sign_in_use',
      'person_session',
      'sign_in_count',
      'letter',
    ]) {
      expect([table, await db.query(`select * from ${table}`)]).toEqual([table, []])
    }
    expect(await db.query('select id from person where id = $1', [id])).toHaveLength(1)
  })
})
