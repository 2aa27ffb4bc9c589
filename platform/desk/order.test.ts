import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gravity, keyOf, type SignalRule, signalRules } from './signal.ts'
import { inOrder, type Signal } from './store.ts'

const made = (rule: SignalRule, about: string, code: string, value: number): Signal => ({
  ...{ key: keyOf(rule, code, about, '2020'), rule, kind: signalRules[rule], about },
  subject: { kind: 'provider', code, name: `Provider ${code}`, areas: [] },
  ...{ indicator: null, standard: null, service: 'clinic', period: '2020' },
  ...{ seen: { value, threshold: 50 }, firstSeen: '', answers: [], acts: [] },
})

it('puts the standard that most miss first, and there the farthest below, whatever their names', () => {
  const some = [
    made('above-excellence', 'best', 'A', 90),
    made('below-floor', 'few', 'B', 1),
    made('below-floor', 'many', 'C', 45),
    made('below-floor', 'many', 'D', 20),
    made('below-floor', 'many', 'E', 30),
  ]
  expect(inOrder(some).map((s) => s.subject?.code)).toEqual(['D', 'E', 'C', 'B', 'A'])
})

it('is one order, however the signals come, with the gravest rule first and no group torn apart', () => {
  const signal = fc
    .tuple(
      fc.constantFrom<SignalRule>('below-floor', 'far-worse', 'above-excellence'),
      fc.constantFrom('x', 'y', 'z'),
      fc.constantFrom('A', 'B', 'C', 'D'),
      fc.integer({ min: 0, max: 9 }),
    )
    .map((of) => made(...of))
  const signals = fc.uniqueArray(signal, { selector: (s) => s.key, maxLength: 20 })
  fc.assert(
    fc.property(signals, (some) => {
      const sorted = inOrder(some)
      expect(inOrder([...some].reverse())).toEqual(sorted)
      const ranks = sorted.map((s) => gravity(s.rule))
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      const groups = sorted.map((s) => `${s.rule} ${s.about}`)
      const starts = groups.filter((g, i) => g !== groups[i - 1])
      expect(new Set(starts).size).toBe(starts.length)
    }),
  )
})
