import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PartReplies, responseOf } from './response.ts'

const part = (more: Partial<PartReplies>): PartReplies => ({
  ...{ provider: 'C1', stratum: '', people: 100, invited: 10, sent: 5, begun: 0, ...more },
})

describe('who answered of a sample', () => {
  it('is counted plainly, and by how many people each stands for', () => {
    // Of 100 young 10 are asked and 2 answer; of 20 old 10 are asked and 8 answer.
    const found = responseOf([
      part({ stratum: 'young', people: 100, sent: 2, begun: 1 }),
      part({ stratum: 'old', people: 20, sent: 8 }),
    ])
    expect(found).toMatchObject({ invited: 20, sent: 10, plain: 0.5 })
    expect(found?.weighted).toBeCloseTo((2 * 10 + 8 * 2) / 120, 12)
    expect(found?.weightedWithBegun).toBeCloseTo((3 * 10 + 8 * 2) / 120, 12)
  })

  it('says who is missing where a part answered less than it should', () => {
    const of = { people: 500, invited: 200, begun: 0 }
    const found = responseOf([
      part({ ...of, stratum: 'young', sent: 40 }),
      part({ ...of, stratum: 'old', sent: 160 }),
    ])
    expect(found?.missing).toBe(
      'Too few answers from: young (part of the sample), 20% of the answers and 50% of the people.',
    )
  })

  it('says that those who answered are much like the people where they are', () => {
    const of = { people: 500, invited: 200, sent: 100 }
    expect(
      responseOf([part({ ...of, stratum: 'young' }), part({ ...of, stratum: 'old' })])?.missing,
    ).toContain('are much like the people')
  })

  it('names a part of which nobody answered, and says why nothing can be said', () => {
    const some = part({ stratum: 'old', sent: 10 })
    expect(responseOf([some, part({ stratum: 'young', sent: 0 })])?.missing).toContain(
      'young (part of the sample), 0% of the answers',
    )
    expect(responseOf([])).toBeNull()
    expect(responseOf([part({})])?.missing).toContain('has no parts')
    const silent = [part({ stratum: 'a', sent: 0 }), part({ stratum: 'b', sent: 0 })]
    expect(responseOf(silent)).toMatchObject({
      plain: 0,
      missing: expect.stringMatching(/^Nobody/),
    })
  })

  it('is a share, whatever the parts are, and the plain one where all stand for as many', () => {
    const parts = fc.array(
      fc
        .record({ invited: fc.integer({ min: 1, max: 30 }), a: fc.nat(30), b: fc.nat(30) })
        .map(({ invited, a, b }, i = 0) => {
          const sent = Math.min(a, invited)
          return part({
            ...{ invited, sent, begun: Math.min(b, invited - sent), people: 3 * invited },
            stratum: String((a + b + i) % 3),
          })
        }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(parts, (all) => {
        const found = responseOf(all)
        expect(found?.weighted).toBeCloseTo(found?.plain ?? Number.NaN, 9)
        expect(found?.weightedWithBegun).toBeGreaterThanOrEqual(found?.weighted ?? 1)
        expect(found?.weightedWithBegun).toBeLessThanOrEqual(1)
        expect(found?.missing).toMatch(/\.$/)
      }),
    )
  })
})
