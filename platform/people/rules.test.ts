import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyone, type Grant, grantedRoles, type Scope, scopesOf, type Viewer } from './roles.ts'
import { acts, allowed, rules, type Thing } from './rules.ts'

const day = '2026-11-25'
const lead: Grant = {
  id: 1,
  role: 'lead',
  scope: { kind: 'provider', code: 'C7' },
  from: '2026-01-01',
  until: '2026-12-31',
}
const person = { id: 'p', pseudonym: 'Quiet heron 12' }
const holding = (...grants: Grant[]): Viewer => ({ person, grants })

describe('an answer says why', () => {
  it.each<[string, Viewer, Thing, boolean, string]>([
    [
      'a lead of it',
      holding(lead),
      { provider: 'C7' },
      true,
      'You are a lead of the provider C7 until 2026-12-31, so you may reply in public to what is said of a provider.',
    ],
    [
      'a lead of another',
      holding(lead),
      { provider: 'C8' },
      false,
      'Only a lead may reply in public to what is said of a provider. You are a lead of the provider C7, and this lies elsewhere.',
    ],
    [
      'a lead whose time is over',
      holding({ ...lead, until: '2026-11-24' }),
      { provider: 'C7' },
      false,
      'Only a lead may reply in public to what is said of a provider. Your role as lead of the provider C7 ended on 2026-11-24.',
    ],
    [
      'a lead whose time has not come',
      holding({ ...lead, from: '2026-11-26' }),
      { provider: 'C7' },
      false,
      'Only a lead may reply in public to what is said of a provider. Your role as lead of the provider C7 begins on 2026-11-26.',
    ],
    [
      'a citizen',
      holding(),
      { provider: 'C7' },
      false,
      'Only a lead may reply in public to what is said of a provider. You have no such role.',
    ],
    [
      'anybody',
      anyone,
      { provider: 'C7' },
      false,
      'To reply in public to what is said of a provider, sign in first.',
    ],
  ])('to %s', (_, viewer, thing, yes, why) => {
    expect(allowed(viewer, 'reply', thing, day)).toMatchObject({ yes, why })
  })

  it('counts the first and the last day', () => {
    for (const edge of ['2026-01-01', '2026-12-31']) {
      expect(allowed(holding(lead), 'reply', { provider: 'C7' }, edge).yes).toBe(true)
    }
  })

  it('lets a place’s steward act on what lies in it, and nowhere else', () => {
    const steward: Grant = {
      ...lead,
      role: 'steward',
      scope: { kind: 'place', code: 'E10' },
    }
    const inside: Thing = { provider: 'C7', places: ['E07', 'E10'] }
    expect(allowed(holding(steward), 'close-signal', inside, day).yes).toBe(true)
    expect(allowed(holding(steward), 'close-signal', { places: ['E11'] }, day).yes).toBe(false)
    expect(allowed(holding(steward), 'close-signal', {}, day).yes).toBe(false)
  })
})

describe('what is of more than one place', () => {
  const holds = (scope: Scope): Viewer => holding({ ...lead, role: 'steward', scope })
  const ofPlace = holds({ kind: 'place', code: 'E10' })

  it('is published by no steward of a place, who reads why, and is offered it nowhere', () => {
    for (const thing of [null, {}, { service: 'school' }, { places: ['E10'] }]) {
      expect(allowed(ofPlace, 'draft-release', thing, day)).toMatchObject({
        yes: false,
        why: 'Only an analyst or a steward of everything here or of a service may upload a file and check it. You are a steward of the place E10.',
      })
    }
    const ofService = holds({ kind: 'service', code: 'school' })
    expect(allowed(ofService, 'publish-release', { service: 'school' }, day).yes).toBe(true)
    expect(allowed(ofService, 'publish-release', {}, day).yes).toBe(false)
  })

  it('is ordered for everybody by a steward of everything alone', () => {
    for (const scope of [
      { kind: 'place', code: 'E10' },
      { kind: 'service', code: 'school' },
    ] as const) {
      expect(allowed(holds(scope), 'order-counting', null, day)).toMatchObject({
        yes: false,
        why: expect.stringContaining('Only a steward of everything here may'),
      })
    }
    expect(allowed(holds({ kind: 'whole' }), 'order-counting', null, day).yes).toBe(true)
  })
})

const code = fc.constantFrom('a', 'b', 'c')
const days = fc.integer({ min: 1, max: 28 }).map((d) => `2026-11-${String(d).padStart(2, '0')}`)
const grant: fc.Arbitrary<Grant> = fc.constantFrom(...grantedRoles).chain((role) =>
  fc.record({
    id: fc.nat(),
    role: fc.constant(role),
    scope: fc
      .tuple(fc.constantFrom(...scopesOf[role]), code)
      .map(([kind, c]): Scope => (kind === 'whole' ? { kind } : { kind, code: c })),
    from: days,
    until: fc.option(days),
  }),
)
const thing: fc.Arbitrary<Thing> = fc.record(
  { provider: code, service: code, places: fc.array(code, { maxLength: 3 }) },
  { requiredKeys: [] },
)
const act = fc.constantFrom(...acts)
const grants = fc.array(grant, { maxLength: 4 })

describe('whatever is held and asked', () => {
  it('a further role takes nothing away', () => {
    fc.assert(
      fc.property(grants, grant, act, thing, days, (some, more, a, t, on) => {
        const before = allowed(holding(...some), a, t, on).yes
        expect(allowed(holding(...some, more), a, t, on).yes || !before).toBe(true)
      }),
    )
  })

  it('a role outside its days counts for nothing', () => {
    fc.assert(
      fc.property(grants, act, thing, days, (some, a, t, on) => {
        const counting = some.filter((g) => g.from <= on && (g.until ?? '9') >= on)
        expect(allowed(holding(...some), a, t, on).yes).toBe(
          allowed(holding(...counting), a, t, on).yes,
        )
      }),
    )
  })

  it('what may be done to one thing may be done somewhere', () => {
    fc.assert(
      fc.property(grants, act, thing, days, (some, a, t, on) => {
        const here = allowed(holding(...some), a, t, on).yes
        expect(allowed(holding(...some), a, null, on).yes || !here).toBe(true)
      }),
    )
  })

  it('a yes rests on a role of the table, whose days and reach hold, or needs none', () => {
    fc.assert(
      fc.property(grants, act, thing, days, (some, a, t, on) => {
        const found = allowed(holding(...some), a, t, on)
        const { by, of }: { readonly by: unknown; readonly of?: readonly string[] } = rules[a]
        if (!found.yes || found.grant === null) return
        expect(by).toContain(found.grant.role)
        expect(of ?? [found.grant.scope.kind]).toContain(found.grant.scope.kind)
        expect(found.grant.from <= on && (found.grant.until ?? '9') >= on).toBe(true)
      }),
    )
  })

  it('nobody does more than read, sign in, ask for emails, answer a survey and tell a story without signing in', () => {
    const open = acts.filter((a) => allowed(anyone, a, null).yes)
    expect(open).toEqual(['read', 'sign-in', 'subscribe', 'answer-survey', 'tell-story'])
  })
})
