import type { Entry } from '@plumbline/record'
import type { SignalRule } from '../../../desk/signal.ts'
import { type ActKind, actKinds } from '../../../record/act.ts'
import type { StoredEntry } from '../../../record/store.ts'
import { moderationRules } from '../../../stories/story.ts'
import * as words from '../../words.ts'
import { ruleWords } from '../desk/signal-words.ts'
import type { Names } from './record-names.ts'

/** What each act is called in a list. */
export const actWords: Readonly<Record<ActKind, string>> = {
  'release-published': 'release published',
  'release-superseded': 'release replaced',
  'release-withdrawn': 'release withdrawn',
  'standard-adopted': 'standard adopted',
  'standard-changed': 'standard changed',
  'standard-ended': 'standard ended',
  'judgements-changed': 'judgements changed',
  'signal-answered': 'signal answered',
  'signal-taken': 'signal taken',
  'signal-closed': 'signal closed',
  'reply-given': 'reply given',
  'reply-withdrawn': 'reply withdrawn',
  'correction-asked': 'correction asked for',
  'correction-answered': 'correction answered',
  'story-told': 'story told',
  'story-returned': 'story returned to its teller',
  'story-reworded': 'story changed by its teller',
  'story-published': 'story published',
  'story-hidden': 'story hidden',
  'story-appealed': 'appeal about a story',
  'story-withdrawn': 'story taken back',
  'story-replied': 'story replied to',
  'story-claim-read': 'promised change read',
  'story-change-made': 'promised change made',
  'story-change-dropped': 'promised change dropped',
  'story-helped': 'teller says whether it helped',
  'story-due-moved': 'deadline of a reply moved',
  'story-reply-set-aside': 'reply set aside',
  'story-reply-restored': 'reply counts again',
  'story-counting-ordered': 'how often stories are counted',
  'survey-opened': 'survey opened',
  'survey-ended': 'survey ended',
  'survey-invited': 'sample invited to a survey',
  'survey-counted': 'answers of a survey counted',
  'survey-results-ordered': 'results of a survey by themselves',
  'survey-after-appointments': 'survey asks after appointments',
  'survey-after-stopped': 'survey asks after appointments no more',
  'survey-read': 'words of a survey read',
  'role-granted': 'role granted',
  'role-revoked': 'role taken back',
  'account-shut': 'account shut',
  'account-opened': 'account opened again',
  'part-erased': 'personal detail erased',
  'key-used': 'signing key first used',
}

/** An act of a later version of the program is called by its own word. */
export const actWord = (act: string): string => {
  const known = actKinds.find((kind) => kind === act)
  return words.sentenceCase(known ? actWords[known] : act.replaceAll('-', ' '))
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const count = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** The kind and the code of a subject: `release` and `12`. */
export function subjectOf({ subject }: Entry): { kind: string; code: string } {
  const [kind = '', ...code] = subject.split(':')
  return { kind, code: code.join(':') }
}

/** Where a visitor can see what an entry is about; null where there is no page of it. */
export function subjectHref(entry: Entry): string | null {
  const { kind, code } = subjectOf(entry)
  if (kind === 'release') return `/releases/${encodeURIComponent(code)}`
  if (kind === 'standard') return `/standards/${encodeURIComponent(code)}`
  if (kind === 'entry') return `/record/${encodeURIComponent(code)}`
  if (kind === 'key') return '/record/checkpoints'
  if (kind === 'correction') return `/corrections/${encodeURIComponent(code)}`
  if (kind === 'stories') return '/stories'
  if (kind === 'story') return `/stories/${encodeURIComponent(code)}`
  if (kind === 'survey') return '/surveys'
  if (kind === 'reply') return `/providers/${encodeURIComponent(code.split(':')[0] ?? '')}`
  if (kind !== 'signal') return null
  const [rule = '', who = '', about = ''] = code.split(':')
  const asked = who === '' ? `q=${encodeURIComponent(about)}` : `q=${encodeURIComponent(who)}`
  return rule === '' ? null : `/desk?${asked}`
}

interface Turn {
  readonly before: string
  readonly after: string
  readonly n: string
}

const turnsOf = ({ changes }: Entry['details']): Turn[] =>
  (Array.isArray(changes) ? changes : []).flatMap((c) => {
    if (c === null || typeof c !== 'object' || !('count' in c)) return []
    return [{ before: text(c.before), after: text(c.after), n: words.number(count(c.count), 0) }]
  })

/** "For the first time: 157 “met” and 8 “not met”. Otherwise than before: 3 from “not met” to “met”." */
function turnSentences(details: Entry['details']): string {
  const turns = turnsOf(details)
  const sentence = (name: string, some: readonly string[]): string =>
    some.length === 0 ? '' : ` ${name}: ${words.list(some)}.`
  const first = turns.filter((t) => t.before === '')
  const gone = turns.filter((t) => t.after === '')
  const turned = turns.filter((t) => t.before !== '' && t.after !== '')
  return [
    sentence(
      'For the first time',
      first.map((t) => `${t.n} “${t.after}”`),
    ),
    sentence(
      'Otherwise than before',
      turned.map((t) => `${t.n} from “${t.before}” to “${t.after}”`),
    ),
    sentence(
      'No more',
      gone.map((t) => `${t.n} “${t.before}”`),
    ),
  ].join('')
}

const release = (code: string, details: Entry['details']): string => {
  const period = text(details.period)
  return `release ${code}, ${text(details.title)}${period ? `, ${words.period(period)}` : ''}`
}

/** What was done, in one sentence. */
export function actSentence(entry: Entry, names: Names): string {
  const { code } = subjectOf(entry)
  const { details } = entry
  const standard = `“${text(details.name) || names.standard(code)}”`
  const sentences: Record<ActKind, () => string> = {
    'release-published': () => {
      const old = count(details.supersedes)
      return `Published ${release(code, details)}${old > 0 ? `. It takes the place of release ${old}` : ''}.`
    },
    'release-superseded': () =>
      `Replaced ${release(code, details)}, by release ${count(details.supersededBy)}.`,
    'release-withdrawn': () => `Withdrew ${release(code, details)}.`,
    'standard-adopted': () => `Adopted the standard ${standard}.`,
    'standard-changed': () => `Changed the standard ${standard}.`,
    'standard-ended': () => `Ended the standard ${standard}.`,
    'judgements-changed': () => {
      const n = words.number(count(details.providers), 0)
      return `Judged ${n} otherwise by the standard ${standard}.${turnSentences(details)}`
    },
    'signal-answered': () =>
      `Answered the signal ${signalText(code, names)}${kindText(text(details.kind))}.`,
    'signal-taken': () => `Took the signal ${signalText(code, names)}, to look after it.`,
    'signal-closed': () => `Closed the signal ${signalText(code, names)}.`,
    'reply-given': () => `Replied in public to ${matterText(details, names)}.`,
    'reply-withdrawn': () => `Withdrew a reply to ${matterText(details, names)}.`,
    'correction-asked': () => `Asked for a correction of ${matterText(details, names)}.`,
    'correction-answered': () =>
      details.outcome === 'accepted'
        ? `Accepted that a correction was due: release ${count(details.release)} corrects.`
        : 'Refused a correction.',
    'story-told': () => `Told story ${code}${ofProvider(details, names)}.`,
    'story-returned': () => `Returned story ${code} to its teller${ruleText(details)}.`,
    'story-reworded': () => `Changed the words of story ${code}.`,
    'story-published': () =>
      `Published story ${code}${ofProvider(details, names)}. A reply is due by ${words.date(text(details.due))}.`,
    'story-hidden': () => `Decided not to show story ${code}${ruleText(details)}.`,
    'story-appealed': () => `Appealed about story ${code}, which is not shown.`,
    'story-withdrawn': () => `Took back story ${code}.`,
    'story-replied': () =>
      `Replied to story ${code}${details.promises === true ? ', and promised a change, which a moderator reads first' : changeBy(details)}.`,
    'story-claim-read': () =>
      `Read the change that was promised about story ${code}: it ${details.accepted === true ? 'stands' : 'does not stand'}${changeBy(details)}.`,
    'story-change-made': () => `Made the change that was promised about story ${code}.`,
    'story-change-dropped': () => `Dropped the change that was promised about story ${code}.`,
    'story-helped': () =>
      `Said whether the reply to story ${code} helped: ${text(details.answer)}.`,
    'story-due-moved': () =>
      `Moved the day by which story ${code} is replied to: ${words.date(text(details.due))}.`,
    'story-reply-set-aside': () =>
      `Said that a reply to story ${code} does not answer it: it does not count.`,
    'story-reply-restored': () => `Said that a reply to story ${code} counts again.`,
    'story-counting-ordered': () =>
      details.every === 'never'
        ? 'Ordered that the figures of stories are not published by themselves any more.'
        : `Ordered that the figures of stories are published by themselves, each ${text(details.every)}.`,
    'survey-opened': () =>
      `Opened the survey “${text(details.title)}”, from ${words.date(text(details.opens))} to ${words.date(text(details.closes))}, of ${words.number(count(details.providers), 0)} ${count(details.providers) === 1 ? 'provider' : 'providers'}.`,
    'survey-ended': () => `Ended the survey “${text(details.title)}” before its last day.`,
    'survey-invited': () =>
      `Invited ${words.number(count(details.people), 0)} to the survey “${text(details.title)}”.`,
    'survey-counted': () =>
      `Counted the answers of the survey “${text(details.title)}”: ${answersText(details.sampled)} of people who were invited${details.appointment === undefined ? '' : `, ${answersText(details.appointment)} of people who were asked after an appointment`} and ${answersText(details.open)} of people who came by themselves.`,
    'survey-results-ordered': () =>
      details.on === true
        ? `Ordered that the results of the survey “${text(details.title)}” are published by themselves when it has ended.`
        : `Ordered that the results of the survey “${text(details.title)}” are not published by themselves.`,
    'survey-after-appointments': () =>
      `Had the survey “${text(details.title)}” ask ${count(details.share) === 100 ? 'everybody' : `${words.number(count(details.share), 0)} in a hundred, by lot,`} after an appointment, ${details.way === 'email' ? 'by email' : 'by a letter of the service'}, nobody twice within ${words.number(count(details.months), 0)} months.`,
    'survey-after-stopped': () =>
      `Had the survey “${text(details.title)}” ask nobody after an appointment any more.`,
    'survey-read': () =>
      `Read ${words.number(count(details.read), 0)} ${count(details.read) === 1 ? 'text' : 'texts'} that people wrote in the survey “${text(details.title)}”, and put them under themes.`,
    'role-granted': () =>
      `Made somebody ${roleText(details, names)}, from ${words.date(text(details.from))}${untilText(details)}.`,
    'role-revoked': () => `Took back a role: ${roleText(details, names)}.`,
    'account-shut': () =>
      'Shut an account: nobody can sign in to it, and its roles cannot be used.',
    'account-opened': () => 'Opened an account again that had been shut.',
    'part-erased': () => `Erased ${erasedText(text(details.part))} of entry ${code}.`,
    'key-used': () => `Signed with the key ${code} for the first time.`,
  }
  const known = actKinds.find((kind) => kind === entry.act)
  return known ? sentences[known]() : `${actWord(entry.act)}.`
}

/** Answers of a survey, which the record rounds down. */
const answersText = (n: Entry['details'][string] | undefined): string =>
  n === null ? 'fewer than 5' : `at least ${words.number(count(n), 0)}`

const ofProvider = ({ provider }: Entry['details'], names: Names): string =>
  text(provider) === '' ? '' : `, of ${names.thing(text(provider))}`

const changeBy = ({ changeBy: by }: Entry['details']): string =>
  typeof by === 'string' ? `, with a change promised by ${words.date(by)}` : ''

const ruleText = ({ rule }: Entry['details']): string => {
  const known = Object.entries(moderationRules).find(([code]) => code === rule)
  return known ? `, by the rule “${known[1]}”` : ''
}

/** "“Below a floor” of Anstey School, Reading" */
function signalText(key: string, names: Names): string {
  const [rule = '', who = '', about = ''] = key.split(':')
  const what = ruleWords[rule as SignalRule] ?? rule
  const standard = names.standard(about)
  const of = who === '' ? '' : ` of ${names.thing(who)}`
  return `“${what}”${of}, ${standard === about ? names.indicator(about) : standard}`
}

/** "the figure “Reading” of Anstey School" */
function matterText({ kind, provider, about }: Entry['details'], names: Names): string {
  const code = text(about)
  const who = names.thing(text(provider))
  if (kind === 'card') return `the report card of ${who}`
  if (kind === 'signal') return `the signal ${signalText(code, names)}`
  if (kind === 'judgement') return `the judgement of ${who} by “${names.standard(code)}”`
  return `the ${text(kind)} “${names.indicator(code)}” of ${who}`
}

/** "a lead of Anstey School" */
function roleText({ what, scope, code }: Entry['details'], names: Names): string {
  const told = text(what)
  const name = names.thing(text(code))
  const coded = ` of the ${text(scope)} ${text(code)}`
  return name !== text(code) && told.endsWith(coded)
    ? `${told.slice(0, -coded.length)} of ${name}`
    : told
}

const partWords: Readonly<Record<string, string>> = { name: 'the name', person: 'the name' }

/** "the name and the words": what was erased of an entry, by the names of its parts. */
const erasedText = (parts: string): string =>
  words.list([...new Set(parts.split(', ').map((part) => partWords[part] ?? 'the words'))])

const untilText = ({ until }: Entry['details']): string =>
  typeof until === 'string' ? ` until ${words.date(until)}` : ', without an end'

const kindText = (kind: string): string => {
  if (kind === 'plan') return ', with a plan'
  if (kind === 'explain') return ', with its reason'
  return kind === 'accept' ? ': it is right' : ''
}

/** Who did it: the name where it is known, and the public role. */
export function whoWords({ entry, personal }: StoredEntry): string {
  const name = entry.by.name ?? personal.name?.value
  if (!name) return words.sentenceCase(entry.by.role)
  // "an analyst", "the first start": a description, and nobody's name.
  return /^(an?|the) /i.test(name) ? words.sentenceCase(name) : `${name} (${entry.by.role})`
}

/** Why, as far as it has not been erased; empty for an act of which no reason is asked. */
export function whyWords({ entry, personal }: StoredEntry): string {
  if (entry.why !== null) return entry.why
  if (personal.why) return personal.why.value
  return 'why' in entry.sealed ? 'The reason has been erased.' : ''
}

/** The moment in UTC, as far as a reader needs it: "25 November 2026, 10:04". */
export const momentWords = (at: string): string => `${words.date(at)}, ${at.slice(11, 16)} UTC`
