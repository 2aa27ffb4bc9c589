import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { prepare } from '../publishing/testing.ts'
import { findToken, listTokens, makeToken, revokeToken } from './store.ts'
import { hasHash, hashOf, idOf, maySend, newToken, type Token, whyInvalid } from './token.ts'

const token: Token = {
  id: 1,
  name: 'Nobody',
  scope: { descriptors: ['clinics'] },
  publishes: true,
  madeAt: '2026-01-01T00:00:00Z',
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  revokedAt: null,
}

describe('a token', () => {
  it('is known by its number and its hash, and by no other text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.string(), (id, other) => {
        const made = newToken(id)
        expect(idOf(made)).toBe(id)
        expect(hasHash(made, hashOf(made))).toBe(true)
        expect(hasHash(made, hashOf(newToken(id)))).toBe(false)
        expect(hasHash(other, hashOf(made))).toBe(false)
        expect(idOf(other)).toBeNull()
      }),
    )
  })

  it('is valid from its first moment until its last, unless it is revoked', () => {
    const at = (moment: string, change: Partial<Token> = {}) =>
      whyInvalid({ ...token, ...change }, new Date(moment))
    expect(at('2025-12-31T23:59:59Z')).toContain('from 2026-01-01')
    expect(at('2026-01-01T00:00:00Z')).toBeNull()
    expect(at('2026-12-31T23:59:59Z')).toBeNull()
    expect(at('2027-01-01T00:00:00Z')).toContain('until 2027-01-01')
    expect(at('2028-01-01T00:00:00Z', { validUntil: null })).toBeNull()
    expect(at('2026-06-01T00:00:00Z', { revokedAt: '2026-05-05T00:00:00Z' })).toContain(
      '2026-05-05',
    )
  })

  it('may send what its scope names', () => {
    const clinics = { id: 'clinics', publisher: 'Nobody' }
    expect(maySend(token, clinics)).toBe(true)
    expect(maySend(token, { ...clinics, id: 'schools' })).toBe(false)
    const all = { ...token, scope: { publisher: 'Nobody' } }
    expect(maySend(all, { ...clinics, id: 'schools' })).toBe(true)
    expect(maySend(all, { ...clinics, publisher: 'Somebody' })).toBe(false)
  })
})

describe.each(testDatabases())('stored tokens on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  it('are found by what was shown once, which is stored nowhere', async () => {
    const wanted = { name: 'Clinics', scope: { descriptors: ['clinics'] }, publishes: false }
    const made = await makeToken(db, { ...wanted, from: '2026-01-01', until: '2999-01-01' })
    const found = await findToken(db, made.token)
    expect(found).toMatchObject({ ...wanted, id: made.id, revokedAt: null })
    expect(new Date(found?.validFrom ?? '').toISOString()).toBe('2026-01-01T00:00:00.000Z')
    const forged = `${made.token.slice(0, -1)}${made.token.endsWith('A') ? 'B' : 'A'}`
    for (const other of [forged, newToken(made.id), newToken(999), '', 'x', '\0']) {
      expect(await findToken(db, other)).toBeNull()
    }
    const stored = await db.query("select *, encode(hash, 'hex') as hex from publisher_token")
    expect(JSON.stringify(stored)).not.toContain(
      made.token.slice(made.token.indexOf('_', 'plumbline_'.length) + 1),
    )
  })

  it('stay in the list when they are revoked', async () => {
    const wanted = { name: 'All of Nobody', scope: { publisher: 'Nobody' }, publishes: true }
    const made = await makeToken(db, wanted)
    const revoked = await revokeToken(db, made.id)
    expect(revoked?.revokedAt).not.toBeNull()
    expect(await revokeToken(db, made.id)).toEqual(revoked)
    expect((await findToken(db, made.token))?.revokedAt).toEqual(revoked?.revokedAt)
    expect((await listTokens(db))[0]).toEqual(revoked)
    expect(await revokeToken(db, 999)).toBeNull()
  })
})
