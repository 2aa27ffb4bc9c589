import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { asPerson, hasWall } from './as-person.ts'
import { hourly } from './counts.ts'
import { deletePerson, ownData } from './own-data.ts'
import { mostPasskeys, passkeyNameSchema, passkeySite } from './passkey-forms.ts'
import type { Owner } from './passkeys.ts'
import type { People } from './people.ts'
import { AccountShut, openAccount, shutAccount } from './shutting.ts'
import { cookieOf, latestProof, testPeople } from './testing.ts'
import { type Odd, TestAuthenticator } from './testing-passkey.ts'

const here = { ip: '192.0.2.1', browser: 'hers' }
const there = { ip: '192.0.2.2', browser: 'another' }
const site = { host: 'plumbline.example', origin: 'https://plumbline.example' }

describe('the site of passkeys', () => {
  it.each([
    ['https://plumbline.example', site],
    ['https://plumbline.example:8443', { ...site, origin: 'https://plumbline.example:8443' }],
    ['http://localhost:3000', { host: 'localhost', origin: 'http://localhost:3000' }],
    ['http://plumbline.example', null],
    ['https://192.0.2.1', null],
    ['http://127.0.0.1:3000', null],
    ['https://[2001:db8::1]', null],
  ])('of %s is %j', (home, expected) => {
    expect(passkeySite(home)).toEqual(expected)
  })
})

describe('the name of a passkey', () => {
  it.each(['My phone', ' Ada’s key ', '電話', "'; drop table person"])('may be %j', (name) => {
    expect(passkeyNameSchema.parse(name)).toBe(name.trim())
  })
  it.each(['', '  ', 'a\nb', 'a\u0000', '\u202eevil', 'x'.repeat(61)])('may not be %j', (name) => {
    expect(passkeyNameSchema.safeParse(name).success).toBe(false)
  })
})

describe.each(testDatabases())('passkeys on $kind', ({ open }) => {
  let db: Database
  let people: People
  let ada: Owner
  let phone: TestAuthenticator

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    people = testPeople(db)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
      await db.query(`delete from ${table}`)
    }
    ada = await somebody('ada@example.org')
    phone = new TestAuthenticator(site)
  })

  async function somebody(email: string): Promise<Owner> {
    const { signIn, sessions } = await people.open()
    const cookies = (await signIn.withoutLetter(email)) ?? []
    const { person } = (await sessions.seen(cookieOf(cookies))).viewer
    if (!person) throw new Error(email)
    return person
  }
  const passkeys = async () => (await people.open()).passkeys
  const offerNew = async (owner = ada) => {
    const offered = await (await passkeys()).offerNew(owner, site, here)
    if (!offered || offered === 'too-often') throw new Error('none offered')
    return offered
  }
  const add = async (owner = ada, by = phone, name = 'My phone', odd: Odd = {}) => {
    const { challenge } = await offerNew(owner)
    const sent = { challenge, answer: by.make(challenge, odd), name }
    return (await passkeys()).add(owner.id, site, sent, here)
  }
  const offer = async (who = here) => {
    const offered = await (await passkeys()).offerSignIn(site, who)
    if (!offered) throw new Error('none offered')
    return offered.challenge
  }
  const answer = async (challenge: string, text: string, who = here) => {
    const found = await (await passkeys()).signIn(site, { challenge, answer: text }, who)
    if (found.kind !== 'signed-in') return found.kind
    const { sessions } = await people.open()
    return (await sessions.seen(cookieOf(found.cookies))).viewer.person
  }
  const use = async (by = phone, odd: Odd = {}) => {
    const challenge = await offer()
    return answer(challenge, by.use(challenge, odd))
  }

  it('are added, and sign in whose they are; a letter tells of a new one', async () => {
    expect(await add()).toBe(true)
    expect(await (await passkeys()).list(ada.id)).toMatchObject([
      { name: 'My phone', lastUsed: null },
    ])
    expect((await latestProof(db, 'ada@example.org')).body).toContain(
      'The passkey “My phone” was added to your account.',
    )
    const eve = await somebody('eve@example.org')
    const key = new TestAuthenticator(site)
    expect(await add(eve, key)).toBe(true)
    expect(await use()).toEqual(ada)
    expect(await use(key)).toEqual(eve)
    const [line] = await (await passkeys()).list(ada.id)
    expect(line?.lastUsed).not.toBeNull()
  })

  it('ask for a key that stays with its person and asks who they are', async () => {
    await add()
    const asked = JSON.parse((await offerNew()).options)
    expect(asked).toMatchObject({
      rp: { id: site.host },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: JSON.parse(phone.use('x')).id }],
    })
    // The device shows a name that says nothing of the person.
    expect(JSON.stringify(asked)).not.toContain('ada')
  })

  it.each<[string, Odd]>([
    ['another site', { host: 'evil.example' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the site without https', { origin: 'http://plumbline.example' }],
    ['nobody asked who it is', { isVerified: false }],
  ])('of %s neither are added nor sign in', async (_, odd) => {
    expect(await add(ada, phone, 'My phone', odd)).toBe(false)
    expect(await add()).toBe(true)
    expect(await use(phone, odd)).toBe('wrong')
    expect(await use()).toEqual(ada)
  })

  it('answer once, in the browser that was asked, within the time', async () => {
    await add()
    const challenge = await offer()
    const text = phone.use(challenge)
    expect(await answer(challenge, text, there)).toBe('wrong')
    expect(await answer(challenge, text)).toEqual(ada)
    expect(await answer(challenge, text)).toBe('wrong')
    const [mine, other] = [await offer(), await offer()]
    expect(await answer(other, phone.use(mine))).toBe('wrong')
    const late = await offer()
    await db.query(`update sign_in_proof set expires_at = now() - interval '1 second'`)
    expect(await answer(late, phone.use(late))).toBe('wrong')
    // What asks for a new one is no question who it is, nor the other way round.
    const { challenge: making } = await offerNew()
    expect(await answer(making, phone.use(making))).toBe('wrong')
  })

  it('are not added to another person, twice, or beyond their number', async () => {
    const eve = await somebody('eve@example.org')
    const { challenge } = await offerNew()
    const sent = { challenge, answer: phone.make(challenge), name: 'Hers' }
    expect(await (await passkeys()).add(eve.id, site, sent, here)).toBe(false)
    expect(await add()).toBe(true)
    expect(await add(eve, phone)).toBe(false)
    expect(await use()).toEqual(ada)
    for (let i = 1; i < mostPasskeys; i++) await add(ada, new TestAuthenticator(site), `Key ${i}`)
    expect(await (await passkeys()).offerNew(ada, site, here)).toBeNull()
  })

  it('are not more than their number, however many were begun before or are added at once', async () => {
    const store = await passkeys()
    const begun = await Promise.all(Array.from({ length: mostPasskeys + 3 }, () => offerNew()))
    const add = ({ challenge }: { challenge: string }) => {
      const answer = new TestAuthenticator(site).make(challenge)
      return store.add(ada.id, site, { challenge, answer, name: 'A key' }, here)
    }
    const added = await Promise.all(begun.map(add))
    expect(added.filter(Boolean)).toHaveLength(mostPasskeys)
    expect(await store.list(ada.id)).toHaveLength(mostPasskeys)
  })

  it('of which a copy was made are found by their counter', async () => {
    await add(ada, phone, 'My phone', { counter: 1 })
    expect(await use(phone, { counter: 5 })).toEqual(ada)
    expect(await use(phone, { counter: 4 })).toBe('wrong')
    expect(await use(phone, { counter: 6 })).toEqual(ada)
  })

  it('of an account that is shut are as if they had not been used', async () => {
    await add(ada, phone, 'My phone', { counter: 1 })
    await shutAccount(db, { email: 'ada@example.org', why: 'sends insults' }, 'operator')
    const stored = () => db.query('select counter::int4, last_used_at as used from person_passkey')
    await expect(use(phone, { counter: 5 })).rejects.toThrow(AccountShut)
    expect(await stored()).toEqual([{ counter: 1, used: null }])
    await openAccount(db, { email: 'ada@example.org', why: 'has apologised' }, 'operator')
    expect(await use(phone, { counter: 5 })).toEqual(ada)
    expect(await stored()).toMatchObject([{ counter: 5 }])
  })

  it('signed by another key, or unknown, sign in nobody', async () => {
    await add()
    const challenge = await offer()
    const forged = JSON.parse(new TestAuthenticator(site).use(challenge))
    const { id, rawId } = JSON.parse(phone.use(challenge))
    expect(await answer(challenge, JSON.stringify({ ...forged, id, rawId }))).toBe('wrong')
    expect(await use(new TestAuthenticator(site))).toBe('wrong')
  })

  it('are named and removed by their owner alone', async () => {
    await add()
    const eve = await somebody('eve@example.org')
    const [line] = await (await passkeys()).list(ada.id)
    const id = line?.id ?? ''
    const store = await passkeys()
    await store.rename(eve.id, id, 'Mine now')
    await store.remove(eve.id, id)
    expect(await store.list(ada.id)).toMatchObject([{ name: 'My phone' }])
    await store.rename(ada.id, id, 'Old phone')
    expect(await store.list(ada.id)).toMatchObject([{ name: 'Old phone' }])
    await store.remove(ada.id, id)
    expect(await store.list(ada.id)).toEqual([])
    expect(await use()).toBe('wrong')
  })

  it('are shown to their owner alone by PostgreSQL itself, and no key to anybody', async () => {
    await add()
    const eve = await somebody('eve@example.org')
    expect(await hasWall(db)).toBe(true)
    const names = (person: string) =>
      asPerson(db, person, (tx) => tx.query('select name from person_passkey'))
    expect([await names(ada.id), await names(eve.id)]).toEqual([[{ name: 'My phone' }], []])
    const keys = asPerson(db, ada.id, (tx) => tx.query('select public_key from person_passkey'))
    await expect(keys).rejects.toThrow(/denied/)
  })

  it('are theirs to take away, and go with their account', async () => {
    await add()
    expect((await ownData(db, ada.id)).person_passkey).toMatchObject([{ name: 'My phone' }])
    await deletePerson(db, ada.id)
    expect(await db.query('select id from person_passkey')).toEqual([])
    expect(await use()).toBe('wrong')
  })

  it('are asked for only so often from one network', async () => {
    const store = await passkeys()
    await offer()
    await db.query('update sign_in_count set count = $1', [hourly['begin-from'] - 1])
    await offer()
    expect(await store.offerSignIn(site, here)).toBeNull()
    expect(await store.offerSignIn(site, there)).not.toBeNull()
    await answer('x', '{}')
    await db.query('update sign_in_count set count = $1', [hourly['try-from'] - 1])
    expect(await answer('x', '{}')).toBe('wrong')
    expect(await answer('x', '{}')).toBe('too-often')
  })

  it('refuse whatever else is sent', async () => {
    await add()
    const store = await passkeys()
    const part = fc.oneof(fc.string(), fc.constant('AAAA'), fc.base64String(), fc.jsonValue())
    const shape = fc.record({
      id: fc.oneof(part, fc.constant(JSON.parse(phone.use('x')).id)),
      rawId: part,
      type: fc.constant('public-key'),
      clientExtensionResults: fc.constant({}),
      response: fc.oneof(
        part,
        fc.record({
          clientDataJSON: part,
          authenticatorData: part,
          signature: part,
          attestationObject: part,
        }),
      ),
    })
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      shape.map((s) => JSON.stringify(s)),
    )
    await fc.assert(
      fc.asyncProperty(text, async (sent) => {
        await db.query('delete from sign_in_count')
        const challenge = await offer()
        expect(await answer(challenge, sent)).toBe('wrong')
        const made = await offerNew()
        const given = { challenge: made.challenge, answer: sent, name: 'x' }
        expect(await store.add(ada.id, site, given, here)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
