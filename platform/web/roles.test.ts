import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { allGrants, grantRole } from '../people/grants.ts'
import { testPeople } from '../people/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

let db: Database
let app: FastifyInstance
let steward: TestBrowser

withPeopleServer((place) => {
  db = place.db
  app = place.app
})
beforeEach(async () => {
  for (const table of ['person', 'sign_in_count']) await db.query(`delete from ${table}`)
  steward = new TestBrowser(app)
  await steward.walkIn('steward')
})

const typed = {
  email: 'ada@example.org',
  role: 'lead',
  reach: 'one',
  code: 'X10001',
  from: '2026-01-01',
  until: '',
  why: 'Head teacher since January',
}

const formOf = async (url: string, browser = steward): Promise<string> =>
  /name="form" value="([^"]+)"/.exec((await browser.get(url)).body)?.[1] ?? ''
const grant = async (fields: Partial<typeof typed> = {}, browser = steward) =>
  browser.post(
    '/roles/new',
    { ...typed, ...fields, form: await formOf('/roles/new', browser) },
    '/roles/new',
  )
const granted = async () => (await allGrants(db)).filter((g) => g.email === typed.email)

/** A browser in which somebody has signed in who holds a role that is narrower than everything. */
async function narrow(
  scope: 'service' | 'place',
  code: string,
  email = `${scope}@example.org`,
): Promise<TestBrowser> {
  const request = { email, role: 'steward', scope, code, from: '2026-01-01', why: 'for a test' }
  await grantRole(db, request, 'operator')
  const browser = new TestBrowser(app)
  await browser.token()
  browser.keep((await (await testPeople(db).open()).signIn.withoutLetter(email)) ?? [])
  return browser
}

describe('granting a role on its page', () => {
  it('counts at once, stands in the list and on the record, without the address', async () => {
    const answer = await grant()
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/roles'])
    const [made] = await granted()
    expect(made).toMatchObject({
      role: 'lead',
      scope: { kind: 'provider', code: 'X10001' },
      until: null,
    })
    const list = await steward.get('/roles')
    expect(list.body).toMatch(/Lead of the provider X10001 \(.+\)/)
    expect(list.body).toContain(typed.email)
    const [last] = await db.query<{ entry: string }>(
      'select entry from record_entry order by number desc limit 1',
    )
    expect(last?.entry).toContain('"role-granted"')
    expect(last?.entry).toContain('"role":"steward"')
    expect(last?.entry).not.toContain('ada@')
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('happens once, however often the form is sent', async () => {
    const form = await formOf('/roles/new')
    for (let i = 0; i < 3; i++) await steward.post('/roles/new', { ...typed, form }, '/roles/new')
    const other = { ...typed, form, why: 'Quite another reason' }
    const { statusCode, body } = await steward.post('/roles/new', other, '/roles/new')
    expect(statusCode).toBe(409)
    expect(body).toContain('See what was saved')
    expect(body).toContain('Quite another reason')
    expect((await granted()).map((g) => g.why)).toEqual([typed.why])
  })

  it.each([
    [{ email: 'ada' }, 'The email address is none such as'],
    [{ code: 'nobody' }, 'Nothing here has this name or code.'],
    [{ code: 'P1' }, 'The reach of a lead is a provider, not a place.'],
    [{ code: '' }, 'Enter the name or code of a provider, place or service.'],
    [{ reach: '' }, 'Choose where the role counts.'],
    [{ reach: '', code: '', role: 'steward' }, 'Choose where the role counts.'],
    [{ reach: 'whole' }, 'Leave the name empty for everything here'],
    [{ reach: 'whole', code: '' }, 'The reach of a lead is a provider, not everything here.'],
    [{ role: 'king' }, 'The role is none of'],
    [{ from: '2026-02-30' }, 'The first day'],
    [{ until: '2025-01-01' }, 'The last day lies before the first.'],
    [{ why: '' }, 'Enter a reason.'],
    [{ why: 'no' }, 'The reason is shorter than 3 letters.'],
  ])('is refused with what was typed and a sentence: %j', async (wrong, sentence) => {
    const answer = await grant(wrong)
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain(sentence)
    expect(answer.body).toContain(`value="${{ ...typed, ...wrong }.email}"`)
    expect(await granted()).toEqual([])
  })

  it('is refused beyond one’s own reach, and to oneself', async () => {
    const own = await grant({ email: 'steward@walk-in.invalid' })
    expect(own.body).toContain('Nobody grants a role to themselves')
    const ofPlace = await narrow('place', 'elsewhere')
    expect((await grant({}, ofPlace)).body).toContain('this lies elsewhere')
    const named = await narrow('place', 'P1', 'named@example.org')
    const refused = await grant({ code: 'primary-school', role: 'analyst' }, named)
    expect(refused.body).toContain('You are a steward of Inventedshire, and this lies elsewhere.')
    expect(await granted()).toEqual([])
    const ofService = await narrow('service', 'primary-school')
    expect((await grant({}, ofService)).headers.location).toBe('/roles')
    expect(await granted()).toHaveLength(1)
  })

  it.each([
    ['larkrise INVENTED school', 'lead', 'provider', 'X10001'],
    ['PRIMARY SCHOOLS', 'analyst', 'service', 'primary-school'],
  ])('finds what it is of by its name: %s', async (code, role, scope, found) => {
    expect((await grant({ code, role })).headers.location).toBe('/roles')
    expect((await granted()).map((g) => g.scope)).toEqual([{ kind: scope, code: found }])
  })

  it('lists what a name may stand for, and keeps what was chosen whatever else is wrong', async () => {
    const several = await grant({ code: 'School' })
    expect([several.statusCode, await granted()]).toEqual([400, []])
    expect(several.body).toContain('3 things fit “School”.')
    expect(several.body).toContain('&lt;i&gt;Ash&lt;/i&gt; School: primary school')
    // A lead is of a provider: the service is not among them.
    expect(several.body).not.toContain('value="primary-school"')
    const chosen = { code: 'School', chosen: 'X10002', chosenFor: 'School' }
    const wrong = await grant({ ...chosen, why: '' })
    expect(wrong.body).toContain('Enter a reason.')
    expect(wrong.body).toContain('name="code" type="text" spellcheck="false" value="X10002"')
    expect((await grant(chosen)).headers.location).toBe('/roles')
    expect((await granted()).map((g) => g.scope)).toEqual([{ kind: 'provider', code: 'X10002' }])
  })

  it('never takes a part of a name for the whole, nor a choice for another name', async () => {
    const part = await grant({ code: 'Larkrise' })
    expect(part.body).toContain('Is this the one that you mean by “Larkrise”?')
    const service = await grant({ code: 'school', role: 'analyst' })
    expect(service.body).toContain('value="primary-school"')
    const other = { code: 'Mossgate', chosen: 'X10002', chosenFor: 'School' }
    expect((await grant(other)).body).toContain('Mossgate Made-up School')
    expect(await granted()).toEqual([])
  })

  it('asks whoever signed in more than ten minutes ago to sign in anew', async () => {
    const form = await formOf('/roles/new')
    await db.query(`update person_session set created_at = now() - interval '11 minutes'`)
    for (const answer of [
      await steward.get('/roles/new'),
      await steward.post('/roles/new', { ...typed, form }, '/account'),
      await steward.post('/account/passkeys/new', {}, '/account'),
      await steward.post('/account/passkeys', {}, '/account'),
      await steward.post('/account/passkeys/remove', {}, '/account'),
      await steward.post('/account/service/remove', {}, '/account'),
    ]) {
      expect(answer.statusCode).toBe(403)
      expect(answer.body).toContain('Sign in again first')
    }
    expect(await granted()).toEqual([])
    expect((await steward.get('/roles')).statusCode).toBe(200)
  })

  it('gives back then what was typed, and leads to its form after signing in again', async () => {
    const form = await formOf('/roles/new')
    await db.query(`update person_session set created_at = now() - interval '11 minutes'`)
    const { statusCode, body } = await steward.post('/roles/new', { ...typed, form }, '/account')
    expect(statusCode).toBe(403)
    expect(body).toContain(`${typed.email}\n\n${typed.why}</textarea>`)
    const again = (await steward.get('/sign-in')).body
    expect(again).toContain('Sign in again below, and you come to the page that you asked for')
    expect((await steward.walkIn('steward')).headers.location).toBe('/roles/new')
    expect((await steward.get('/roles/new')).statusCode).toBe(200)
    // Where nobody was asked to, the page says as ever that they are signed in.
    expect((await steward.get('/sign-in')).body).not.toContain('Sign in again')
    expect((await steward.walkIn('steward')).headers.location).toBe('/account')
  })
})

describe('taking a role back on its page', () => {
  it('ends it from now on, with a reason on the record', async () => {
    await grant()
    const [made] = await granted()
    const url = `/roles/${made?.id}/end`
    expect((await steward.get('/roles')).body).toContain(`href="${url}"`)
    const refused = await steward.post(url, { why: '', form: await formOf(url) }, url)
    expect(refused.statusCode).toBe(400)
    const form = await formOf(url)
    for (let i = 0; i < 2; i++) {
      const answer = await steward.post(url, { why: 'Has left', form }, '/roles/new')
      expect(answer.headers.location).toBe('/roles')
    }
    const other = await steward.post(url, { why: 'Quite another reason', form }, '/roles/new')
    expect([other.statusCode, other.body.includes('Quite another reason')]).toEqual([409, true])
    expect(await granted()).toEqual([])
    expect((await steward.get('/roles')).body).toContain('Roles that have ended (1)')
    expect((await steward.get(url)).statusCode).toBe(404)
    const [last] = await db.query<{ act: string }>(
      'select act from record_entry order by number desc limit 1',
    )
    expect(last?.act).toBe('role-revoked')
  })

  it('is not for those whose own role does not reach it', async () => {
    await grant()
    const [made] = await granted()
    const ofPlace = await narrow('place', 'elsewhere')
    expect((await ofPlace.get(`/roles/${made?.id}/end`)).statusCode).toBe(403)
    expect((await ofPlace.get('/roles')).body).not.toContain(typed.email)
  })
})

describe('an auditor', () => {
  it('sees who holds what, by their names here, and no address', async () => {
    await grant()
    const auditor = new TestBrowser(app)
    await auditor.walkIn('auditor')
    const { body } = await auditor.get('/roles')
    const [made] = await granted()
    expect(body).toContain(made?.pseudonym)
    expect(body).not.toContain('ada@')
    expect(body).not.toContain('/end')
    const { roles } = (await auditor.get('/roles.json')).json()
    expect(roles.map((r: { email: string | null }) => r.email)).not.toContain(typed.email)
    expect((await auditor.get('/roles/new')).statusCode).toBe(403)
  })

  it('who looks after one place too sees the addresses of its roles alone', async () => {
    await grant()
    const email = 'auditor@walk-in.invalid'
    const auditor = new TestBrowser(app)
    await auditor.walkIn('auditor')
    const also = { email, role: 'steward', scope: 'place', from: '2026-01-01', why: 'for a test' }
    await grantRole(db, { ...also, code: 'elsewhere' }, 'operator')
    type Listed = { pseudonym: string; email: string | null }
    const ofAda = async () => {
      const [made] = await granted()
      expect((await auditor.get('/roles')).body).toContain(made?.pseudonym)
      const { roles } = (await auditor.get('/roles.json')).json<{ roles: Listed[] }>()
      return roles.find((r) => r.pseudonym === made?.pseudonym)?.email
    }
    expect(await ofAda()).toBeNull()
    expect((await auditor.get('/roles')).body).not.toContain(typed.email)
    await grantRole(db, { ...also, code: 'P1' }, 'operator')
    expect(await ofAda()).toBe(typed.email)
    expect((await auditor.get('/roles')).body).toContain(typed.email)
  })
})
