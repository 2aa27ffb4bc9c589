import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAll, readAnswer } from './answer.ts'
import { readCode, returnCode } from './code.ts'
import { instrumentSchema, questionsOf, standard, withOwn } from './instrument.ts'
import { parts, type Question, questionSchema } from './question.ts'
import {
  type Answer,
  type Answers,
  asked,
  counted,
  leftAt,
  missing,
  onPage,
  pagesAsked,
} from './routing.ts'

const all = questionsOf(standard)
const answerTo = (q: Question): fc.Arbitrary<Answer> => {
  const codes = q.options.map((o) => o.code)
  if (q.type === 'multiple') return fc.subarray(codes, { minLength: 1 })
  if (q.type === 'number') return fc.integer({ min: q.minimum ?? 0, max: q.maximum ?? 0 })
  return q.type === 'text' ? fc.constant('Some words.') : fc.constantFrom(...codes)
}
/** Anything that somebody may have answered who went back and forth. */
const anyAnswers: fc.Arbitrary<Answers> = fc
  .record(Object.fromEntries(all.map((q) => [q.code, answerTo(q)])), { requiredKeys: [] })
  .map((found) =>
    Object.fromEntries(
      Object.entries(found).flatMap(([c, a]) => (a === undefined ? [] : [[c, a]])),
    ),
  )

describe('whoever comes back', () => {
  it('goes on at a page that they are asked, after which they have answered nothing', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const pages = pagesAsked(standard, answers)
        const at = leftAt(standard, answers)
        const isAnswered = (page: number): boolean =>
          onPage(standard, answers, page).some((q) => Object.hasOwn(answers, q.code))
        expect(pages).toContain(at)
        expect(pages.filter((p) => p > at && isAnswered(p))).toEqual([])
        expect(isAnswered(at) || at === pages[0]).toBe(true)
      }),
    )
    expect(leftAt(standard, {})).toBe(1)
  })
})

describe('the standard instrument', () => {
  it('asks about every part once, dignity and respect of everyone, in both languages', () => {
    expect(all.flatMap((q) => q.part ?? []).toSorted()).toEqual(parts.toSorted())
    for (const { words, options } of all) {
      for (const w of [words, ...options.map((o) => o.words)]) {
        expect(w.en).not.toBe('')
        expect(w.cy).not.toBe(w.en)
      }
    }
  })

  it('is refused where dignity is not asked of everyone, or a question depends on nothing', () => {
    const dignity = all.find((q) => q.part === 'dignity')
    const staff = all.find((q) => q.code === 'staff')
    const overall = all.find((q) => q.code === 'overall')
    const of = (...pages: unknown[][]) => instrumentSchema.safeParse({ ...standard, pages }).error
    const ask = { question: 'overall', in: ['1'] }
    expect(of([overall, dignity])).toBeUndefined()
    expect(of([overall], [{ ...dignity, ask }])?.message).toContain('asked of everyone')
    expect(of([overall])?.message).toContain('asked of everyone')
    expect(of([overall, dignity, staff])?.message).toContain('does not come first')
    expect(of([overall, overall, dignity])?.message).toContain('stands twice')
    const none = { question: 'overall', in: ['9'] }
    expect(of([overall, dignity], [{ ...staff, ask: none }])?.message).toContain('no answer 9')
  })

  it('has the service’s own questions before those about the person', () => {
    const own = questionSchema.parse({
      ...{ code: 'own-1', type: 'text', maximum: 500 },
      words: { en: 'How was the food?', cy: 'Sut oedd y bwyd?' },
    })
    const codes = questionsOf(withOwn([own])).map((q) => q.code)
    expect(codes.indexOf('own-1')).toBe(codes.indexOf('age') - 1)
  })
})

describe('routing, whatever was answered', () => {
  it('asks dignity of everyone, and staff of those who met them', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const codes = asked(standard, answers).map((q) => q.code)
        expect(codes).toContain('dignity')
        expect(codes.includes('staff')).toBe(answers['met-staff'] === 'yes')
      }),
    )
  })

  it('shows each question that is asked on one page', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const shown = pagesAsked(standard, answers).flatMap((p) => onPage(standard, answers, p))
        expect(shown).toEqual(asked(standard, answers))
      }),
    )
  })

  it('counts answers of questions that are asked, and the same when it counts again', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const once = counted(standard, answers)
        expect(counted(standard, once)).toEqual(once)
        const codes = asked(standard, answers).map((q) => q.code)
        expect(codes).toEqual(expect.arrayContaining(Object.keys(once)))
        expect(missing(standard, answers).length).toBe('overall' in answers ? 0 : 1)
      }),
    )
  })

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const listed = Object.fromEntries(
          Object.entries(answers).map(([c, a]) => [c, Array.isArray(a) ? a.toSorted() : a]),
        )
        const found = readAll(standard, JSON.parse(JSON.stringify(answers)))
        const sorted = Object.fromEntries(
          Object.entries(found).map(([c, a]) => [c, Array.isArray(a) ? a.toSorted() : a]),
        )
        expect(sorted).toEqual(listed)
      }),
    )
  })
})

describe('an answer', () => {
  const q = (code: string): Question => all.find((x) => x.code === code) as Question

  it.each([
    ['overall', ['5'], { answer: '5' }],
    ['overall', ['6'], { fault: 'not-listed' }],
    ['overall', ['1', '5'], { fault: 'not-listed' }],
    ['overall', [''], null],
    ['overall', ['__proto__'], { fault: 'not-listed' }],
    ['harder', ['hours', 'travel', 'travel'], { answer: ['travel', 'hours'] }],
    ['harder', ['travel', 'x'], { fault: 'not-listed' }],
    ['times', [' 12 '], { answer: 12 }],
    ['times', ['0'], { answer: 0 }],
    ['times', ['1000'], { fault: 'not-a-number' }],
    ['times', ['-1'], { fault: 'not-a-number' }],
    ['times', ['1e2'], { fault: 'not-a-number' }],
    ['times', ['99999999999999999999'], { fault: 'not-a-number' }],
    ['better', ['a\r\nb '], { answer: 'a\nb' }],
    ['better', ['a\u0000b'], { fault: 'untypable' }],
    ['better', ['a\u202eb'], { fault: 'untypable' }],
    ['better', ['\ud800'], { fault: 'untypable' }],
    ['better', ['x'.repeat(1001)], { fault: 'too-long' }],
    ['better', ['  \n '], null],
  ])('to %s: %j', (code, sent, found) => {
    expect(readAnswer(q(code), sent)).toEqual(found)
  })

  it('to a question that is nowhere is refused, whatever it is called', () => {
    expect(readAll(standard, { nothing: '1' })).toContain('no question “nothing”')
    expect(readAll(standard, JSON.parse('{"__proto__": "1"}'))).toEqual({})
    expect(readAll(standard, { overall: '7' })).toContain('not-listed')
    expect(readAll(standard, ['5'])).toEqual(expect.any(String))
    expect(readAll(standard, null)).toEqual(expect.any(String))
  })
})

describe('a code', () => {
  it('is read as people type it', () => {
    expect(readCode('bcdf ghjk')).toEqual({ kind: 'open', code: 'BCDFGHJK' })
    expect(readCode('bcdfg–hjkmn-pqrtv')).toEqual({ kind: 'own', code: 'BCDFGHJKMNPQRTV' })
    for (const none of ['', 'BCDFGHJA', 'BCDFGHJ', '\u0000CDFGHJK', 'answer', 'run']) {
      expect(readCode(none)).toBeNull()
    }
  })

  it('to come back by is the same for the same form, and another for another', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        expect(readCode(returnCode('s', a))).toEqual({ kind: 'own', code: returnCode('s', a) })
        expect(returnCode('s', a) === returnCode('s', b)).toBe(a === b)
        expect(returnCode('s', a)).not.toBe(returnCode('t', a))
      }),
    )
  })
})
