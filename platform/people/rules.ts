import {
  type Grant,
  grantWords,
  type Role,
  roleWords,
  type Scope,
  type ScopeKind,
  type Viewer,
} from './roles.ts'

/**
 * Who may do what. `anyone`: without signing in. `token`: who brings a token of its own, which its route
 * reads: a program, or the link of a letter. A list: these roles, as far as each reaches; `citizen` is everybody who has signed in.
 */
interface Rule {
  /** After "may": "publish a release". */
  readonly words: string
  readonly by: 'anyone' | 'token' | readonly Role[]
  /** How far a role must reach to count for it, where that is not as far as its thing: of everything, say. */
  readonly of?: readonly ScopeKind[]
  /** Of what a token does: who has one, as a sentence. */
  readonly who?: string
}

const rule = <const By extends Rule['by']>(words: string, by: By) => ({ words, by })
/** What is done to more than one place or provider at a time: a role of one of them does not count. */
const wide = <const By extends readonly Role[]>(
  words: string,
  by: By,
  of: readonly ScopeKind[],
) => ({ words, by, of })
const byToken = (words: string, who: string) => ({ words, by: 'token', who }) as const

const ofFiles = ['whole', 'service'] as const

/** Every act, and by whom it is done. The one table: routes name an act, pages ask for one. */
export const rules = {
  read: rule('read what is public', 'anyone'),
  'sign-in': rule('sign in and sign out', 'anyone'),
  push: byToken(
    'send figures with a token',
    'A program sends figures with a token, which whoever runs this makes for it; no account has one.',
  ),
  'report-appointment': byToken(
    'report that somebody had an appointment, for a survey to ask them',
    'A program reports with a token, which whoever runs this makes for it; no account has one.',
  ),
  subscribe: rule('ask for emails about a page', 'anyone'),
  unsubscribe: byToken(
    'stop emails by the link in one of them',
    'Whoever has the email stops them by its link, signed in or not. What you follow yourself, you stop on your account.',
  ),

  'answer-survey': rule('answer a survey', 'anyone'),

  'own-account': rule('see and change what is theirs', ['citizen']),
  follow: rule('follow pages by email', ['citizen']),
  'follow-late': rule('be told by email of late figures', ['analyst', 'steward']),

  'answer-signal': rule('answer a signal on the desk', ['professional', 'lead', 'steward']),
  'take-signal': rule('look after a signal on the desk', ['steward']),
  'close-signal': rule('close a signal on the desk', ['steward']),
  reply: rule('reply in public to what is said of a provider', ['lead']),
  'tell-story': rule('tell a story', 'anyone'),
  'reply-story': rule('reply to what is told of a provider', ['lead']),
  'ask-correction': rule('ask for a correction', ['professional', 'lead']),
  'answer-correction': rule('answer who asks for a correction', ['analyst', 'steward']),

  'run-survey': rule('ask people by a survey', ['analyst', 'steward']),
  'read-answers': rule('see at once what people answer about a provider', [
    'professional',
    'lead',
    'analyst',
    'steward',
  ]),

  // A file is of many places: nobody publishes it for one of them.
  'draft-release': wide('upload a file and check it', ['analyst', 'steward'], ofFiles),
  'publish-release': wide('publish a release', ['analyst', 'steward'], ofFiles),
  'withdraw-release': wide('withdraw a release', ['steward'], ofFiles),

  'order-counting': wide(
    'say how often the figures of stories are published',
    ['steward'],
    ['whole'],
  ),
  moderate: rule('show or hide what people wrote', ['moderator', 'steward']),
  'grant-role': rule('grant a role', ['steward']),
  'see-roles': rule('see who holds which role', ['steward', 'auditor']),
} as const satisfies Readonly<Record<string, Rule>>

export type Act = keyof typeof rules
export const acts = Object.keys(rules) as Act[]
export const isAct = (name: unknown): name is Act =>
  typeof name === 'string' && Object.hasOwn(rules, name)

/** What an act is done to, as far as a role's reach depends on it. */
export interface Thing {
  /** What it is called, for sentences: "Anstey School (C7)". */
  readonly name?: string
  readonly provider?: string
  /** Who came after that provider where it has ended: whoever leads them answers for it. */
  readonly successors?: readonly string[]
  readonly service?: string
  /** Every place that it lies in, from the smallest to the whole. */
  readonly places?: readonly string[]
}

/** An answer with its reason, as a sentence for whoever asked. */
export interface Answer {
  readonly yes: boolean
  readonly why: string
  /** The role that the yes rests on; null where none is needed, or the answer is no. */
  readonly grant: Grant | null
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** Does a role of this reach count for the thing? */
export function covers(scope: Scope, thing: Thing): boolean {
  if (scope.kind === 'whole') return true
  if (scope.kind === 'place') return thing.places?.includes(scope.code) ?? false
  if (scope.kind === 'provider' && thing.successors?.includes(scope.code)) return true
  return thing[scope.kind] === scope.code
}

const isOn = ({ from, until }: Grant, day: string): boolean =>
  from <= day && (until === null || day <= until)

/** "a lead or a steward" */
function either(some: readonly Role[]): string {
  const all = some.map((r) => roleWords[r])
  return all.length < 2 ? (all[0] ?? 'nobody') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

/** " of everything here or of a service" */
const ofReach = (of: readonly ScopeKind[]): string =>
  ` of ${of.map((kind) => (kind === 'whole' ? 'everything here' : `a ${kind}`)).join(' or of ')}`

/**
 * May the viewer do this, and why?
 * @param thing what it is done to; null to ask whether there is anything that they may do it to.
 * @param day the day that counts, ISO.
 * @example allowed(viewer, 'reply', { provider: 'C7' }) // { yes: true, why: 'You are a lead of …', grant }
 */
export function allowed(viewer: Viewer, act: Act, thing: Thing | null, day = today()): Answer {
  const { by, of, words: general, who: holder }: Rule = rules[act]
  const words = thing?.name === undefined ? general : general.replace(/\ba provider$/, thing.name)
  const no = (why: string): Answer => ({ yes: false, why, grant: null })
  if (by === 'anyone') return { yes: true, why: `Everybody may ${words}.`, grant: null }
  if (by === 'token') return no(holder ?? `Only a program with a token may ${words}.`)
  if (viewer.person === null) return no(`To ${words}, sign in first.`)
  if (by.includes('citizen')) {
    return { yes: true, why: `Everybody who has signed in may ${words}.`, grant: null }
  }
  const who = `Only ${either(by)}${of === undefined ? '' : ofReach(of)} may ${words}.`
  const held = viewer.grants.filter((g) => by.includes(g.role))
  if (held.length === 0) return no(`${who} You have no such role.`)
  const wideEnough = held.filter((g) => of?.includes(g.scope.kind) ?? true)
  if (wideEnough.length === 0) return no(`${who} You are ${held.map(grantWords).join(', and ')}.`)
  const reaching = wideEnough.filter((g) => thing === null || covers(g.scope, thing))
  const [nearest] = reaching
  if (!nearest) {
    return no(`${who} You are ${held.map(grantWords).join(', and ')}, and this lies elsewhere.`)
  }
  const grant = reaching.find((g) => isOn(g, day))
  if (grant) {
    const end = grant.until === null ? '' : ` until ${grant.until}`
    return { yes: true, why: `You are ${grantWords(grant)}${end}, so you may ${words}.`, grant }
  }
  const ended = nearest.until !== null && nearest.until < day
  const when = ended ? `ended on ${nearest.until}` : `begins on ${nearest.from}`
  return no(`${who} Your role as ${grantWords(nearest).replace(/^an? /, '')} ${when}.`)
}
