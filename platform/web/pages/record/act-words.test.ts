import type { Entry } from '@plumbline/record'
import { describe, expect, it } from 'vitest'
import { actSentence, whoWords, whyWords } from './act-words.ts'
import type { Names } from './record-names.ts'

const names: Names = {
  standard: (code) => (code === 'floor' ? 'A floor' : code),
  indicator: (code) => (code === 'reading' ? 'Reading' : code),
  thing: (code) => (code === 'C7' ? 'Anstey School' : code),
}

const entry = (act: string, subject: string, details: Entry['details'] = {}): Entry => ({
  ...{ number: 1, at: '2026-05-04T10:00:00.000001Z', act, by: { role: 'steward' }, subject },
  ...{ why: null, rule: 'A rule.', details, sealed: {}, previous: '0'.repeat(64) },
})

describe('an entry of the record', () => {
  const figure = { kind: 'figure', provider: 'C7', about: 'reading' }
  const judged = { kind: 'judgement', provider: 'C7', about: 'floor' }
  it.each<[string, string, Entry['details'], string]>([
    [
      'signal-taken',
      'signal:below-floor:C7:floor:2024',
      {},
      'Took the signal “Below a floor” of Anstey School, A floor, to look after it.',
    ],
    [
      'signal-closed',
      'signal:far-worse:C7:reading:2024',
      {},
      'Closed the signal “Far worse than the rest” of Anstey School, Reading.',
    ],
    [
      'signal-closed',
      'signal:late-release::ks2:2024',
      {},
      'Closed the signal “Figures are late”, ks2.',
    ],
    [
      'signal-answered',
      'signal:odd:C9:x:2024',
      { kind: 'plan' },
      'Answered the signal “odd” of C9, x, with a plan.',
    ],
    [
      'reply-given',
      'reply:C7:figure:reading',
      figure,
      'Replied in public to the figure “Reading” of Anstey School.',
    ],
    [
      'correction-asked',
      'correction:1',
      judged,
      'Asked for a correction of the judgement of Anstey School by “A floor”.',
    ],
    [
      'reply-withdrawn',
      'reply:C7:card:school',
      { kind: 'card', provider: 'C7', about: 'school' },
      'Withdrew a reply to the report card of Anstey School.',
    ],
    [
      'role-revoked',
      'grant:1',
      { what: 'a lead of the provider C7', scope: 'provider', code: 'C7' },
      'Took back a role: a lead of Anstey School.',
    ],
    [
      'role-revoked',
      'grant:1',
      { what: 'a steward of everything here', scope: 'whole', code: '' },
      'Took back a role: a steward of everything here.',
    ],
    [
      'part-erased',
      'entry:4',
      { part: 'person, why' },
      'Erased the name and the words of entry 4.',
    ],
    ['part-erased', 'entry:4', { part: 'name' }, 'Erased the name of entry 4.'],
  ])('of %s about %s says what and whom', (act, subject, details, sentence) => {
    expect(actSentence(entry(act, subject, details), names)).toBe(sentence)
  })

  it.each([
    ['a steward', 'A steward'],
    ['an analyst', 'An analyst'],
    ['the first start', 'The first start'],
    ['Ada Quince', 'Ada Quince (steward)'],
    ['Anne Thebes', 'Anne Thebes (steward)'],
  ])('by %j is by %j', (value, who) => {
    const stored = {
      entry: entry('x', 'x:1'),
      text: '',
      hash: '',
      personal: { name: { value, salt: '' } },
    }
    expect(whoWords(stored)).toBe(who)
  })

  it('says nothing of a reason where none is asked, and that one was erased', () => {
    const of = (sealed: Entry['sealed']) =>
      whyWords({
        entry: { ...entry('signal-taken', 'x:1'), sealed },
        text: '',
        hash: '',
        personal: {},
      })
    expect(of({})).toBe('')
    expect(of({ why: 'f'.repeat(64) })).toBe('The reason has been erased.')
  })
})
