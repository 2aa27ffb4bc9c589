import { describe, expect, it } from 'vitest'
import { signalRules } from '../../../desk/signal.ts'
import type { Signal, Watched } from '../../../desk/store.ts'
import { atomText, type Feed, feedId } from '../../feed.ts'
import { fixtureReader } from '../../fixture.ts'
import { buildServer } from '../../server.ts'
import { alarms, falseAlarmSentence, leadOf, leadSentence } from './desk.ts'
import { deskCsv, deskFeed } from './desk-files.ts'
import { planEffect } from './plan-effect.ts'
import { seenSentence } from './signal-words.ts'

const state = await fixtureReader.state()
const all = await fixtureReader.desk.all(state, '2026-11-24')
const [hostile, late] = all as [Signal, Signal]

const written = (feed: Feed): string => atomText(feed, 'https://open.example')

describe('the desk as files', () => {
  it('escapes what sources call their providers', () => {
    const named = (name: string): Signal => ({
      ...hostile,
      subject: { kind: 'provider', code: 'X1', name, areas: [] },
    })
    const hostileName = named('A & <b>B</b> "C" \u0000\u000b\ud800 D')
    const feed = written(deskFeed([hostileName], new URLSearchParams(), 1, null))
    expect(feed).toContain('A &amp; &lt;b&gt;B&lt;/b&gt; &quot;C&quot; \ufffd D,')
    expect(deskCsv([named('=1+1')])).toContain(",'=1+1,")
  })

  it('has a date for a feed without entries', () => {
    const search = new URLSearchParams('what=gap')
    const feed = written(deskFeed([], search, 1, '2026-11-24T10:00:00Z'))
    expect(feed).toContain('<updated>2026-11-24T10:00:00.000Z</updated>')
    expect(feed).toContain('href="https://open.example/desk.atom?what=gap"')
    expect(feed).not.toContain('<entry>')
  })

  it('gives each key one id for ever', () => {
    expect(feedId('a')).toBe(feedId('a'))
    expect(feedId('a')).not.toBe(feedId('b'))
    // Feeds that were read before know these.
    expect(feedId('desk')).toBe('urn:uuid:2ff83662-12be-5b06-a978-21288d6072d9')
  })

  it('dates an entry by its last answer', () => {
    const feed = written(deskFeed(all, new URLSearchParams(), 1, null))
    expect(feed).toContain('<updated>2024-11-02T10:00:00.000Z</updated>\n<published>2024-11-01')
    expect(feed).toContain('Answered by the head teacher: Read &lt;b&gt;together')
  })
})

describe('the first sentence', () => {
  it('counts what needs attention by kind, and successes apart', () => {
    expect(leadSentence(all)).toBe(
      '2 things need attention: 1 result far worse than the rest and 1 late or missing figure. 1 has been answered.',
    )
    expect(leadSentence([late])).toBe('1 thing needs attention: 1 late or missing figure.')
    expect(leadSentence([{ ...hostile, kind: 'success', answers: [] }])).toBe(
      'Nothing needs attention. There is 1 outstanding success to learn from.',
    )
    const improving: Signal = { ...hostile, kind: 'improving', answers: [] }
    expect(leadSentence([improving, improving])).toBe(
      'Nothing needs attention. There are 2 fast improvements.',
    )
    expect(leadSentence([])).toBe('Nothing needs attention.')
  })

  it('of a narrowed list counts what is shown, and says what is not', () => {
    expect(leadOf(all, all)).toBe(leadSentence(all))
    expect(leadOf([late], all)).toBe(
      'In this list: 1 thing needs attention: 1 late or missing figure. The whole desk has 2 signals.',
    )
    expect(leadOf([], all)).toBe(
      'In this list nothing needs attention. The whole desk has 2 signals.',
    )
  })

  it('says how many false alarms to expect, not counting facts', () => {
    const rule: Watched = { rule: 'far-worse', kind: 'behind', series: 40, falseAlarms: 2.04 }
    const fact: Watched = { rule: 'late-release', kind: 'late', series: 9, falseAlarms: 0 }
    expect(falseAlarmSentence([rule, fact])).toMatch(
      /^40 series .* about 2\.0 false alarms a year\.$/,
    )
    expect(falseAlarmSentence([fact])).toBe('No series is watched yet.')
    expect([0, 0.04, 1.26, 61.8].map(alarms)).toEqual(['0', 'less than 0.1', '1.3', '62'])
  })
})

it('calls one that improved no success, and says where it is still worse than the whole', () => {
  const whole = { name: 'England', value: 60 }
  const seen = { ...hostile.seen, from: 40, to: 50, by: ['chart'] as const, whole }
  const sentence = (value: number, lower95: number, upper95: number) =>
    seenSentence({
      ...hostile,
      ...{ rule: 'sudden-improvement', kind: 'improving' },
      seen: { ...seen, value, lower95, upper95 },
    })
  expect(signalRules['sudden-improvement']).toBe('improving')
  expect(sentence(50, 45, 55)).toContain('That is still worse than the whole.')
  expect(sentence(58, 53, 63)).not.toContain('still worse')
})

describe('what became of a plan', () => {
  const context = async () => ({
    reader: fixtureReader,
    state,
    indicators: await fixtureReader.indicators(state),
    path: '/desk',
    site: '',
    home: '',
    example: null,
    asOf: null,
  })
  const [plan] = hostile.answers

  it.each([
    ['2021-09-01', /^(No change|A change) is shown/],
    ['2030-01-01', /^No figures have come since the plan/],
    ['1999-01-01', /^There are no figures from before the plan/],
  ])('given on %s', async (givenOn, sentence) => {
    const effect = plan && (await planEffect(hostile, { ...plan, givenOn }, await context()))
    expect(effect?.sentence).toMatch(sentence)
  })

  it('is not asked of a source', async () => {
    expect(plan && (await planEffect(late, plan, await context()))).toBeNull()
  })
})

it('keeps what was typed text on its page', async () => {
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  const app = await buildServer({ reader: fixtureReader, ...options })
  const { body } = await app.inject('/desk')
  await app.close()
  expect(body).toContain('=Ember &amp; &lt;i&gt;Ash&lt;/i&gt; School')
  expect(body).toContain('Read &lt;b&gt;together&lt;/b&gt; every morning.')
})
