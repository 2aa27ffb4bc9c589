import type { Found, Reader } from '../../../comparison/reader.ts'
import { GrantRefused } from '../../../people/grants.ts'
import { grantedRoles, type Scope, type ScopeKind, scopesOf } from '../../../people/roles.ts'
import * as words from '../../words.ts'

/** What was typed of how far a role reaches. */
export interface TypedReach {
  /** `whole` or `one`: everything here, or what is named. */
  readonly reach: string
  /** A code or a name. */
  readonly code: string
  /** The code of what was chosen from a list, and the name that the list was made for. */
  readonly chosen: string
  readonly chosenFor: string
  readonly role: string
}

/** One of several things that a name may stand for. */
export interface ReachChoice {
  readonly value: string
  readonly text: string
  readonly kind: ScopeKind
  readonly name: string
}

/** So many are listed; of more, a longer name is asked for. */
const mostChoices = 10

/**
 * How far a role is to reach: a code, or a name that only one thing bears. Everything is never meant by one that
 * was left out.
 * @returns what a name may stand for, where that is not certain.
 * @throws GrantRefused where nothing is meant.
 */
export async function reachOf(
  reader: Reader,
  { reach, code: typed, chosen, chosenFor, role }: TypedReach,
): Promise<Scope | readonly ReachChoice[]> {
  if (reach !== 'whole' && reach !== 'one') {
    throw new GrantRefused('Choose where the role counts.', 'reach')
  }
  if (reach === 'whole') {
    if (typed === '') return { kind: 'whole' }
    throw new GrantRefused(
      'Leave the name empty for everything here, or choose “In one provider, place or service”.',
      'code',
    )
  }
  if (typed === '') {
    throw new GrantRefused('Enter the name or code of a provider, place or service.', 'code')
  }
  const code = chosen !== '' && chosenFor === typed ? chosen : typed
  const known = await byCode(reader, code)
  if (known) return known
  const all = fitting(await byName(reader, typed), role)
  const [first, ...others] = all.filter((c) => plain(c.name) === plain(typed))
  if (first && others.length === 0) return scopeOf(first)
  if (all.length > 0) return all
  throw new GrantRefused('Nothing here has this name or code.', 'code')
}

async function byCode(reader: Reader, code: string): Promise<Scope | null> {
  if (reader.service(code)) return { kind: 'service', code }
  const subject = await reader.subject(await reader.state(), code)
  return subject && { kind: subject.kind, code }
}

const scopeOf = ({ kind, value: code }: ReachChoice): Scope =>
  kind === 'whole' ? { kind } : { kind, code }

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ')

/** Services, providers and places whose name holds what was typed; where none does, what is only like it. */
async function byName(reader: Reader, typed: string): Promise<ReachChoice[]> {
  const state = await reader.state()
  const services = reader
    .services(state)
    .filter((s) => [s.name, s.code, s.provider].some((t) => plain(t).includes(plain(typed))))
    .map(({ code, name }) => choice('service', code, name, 'all of the service'))
  const hits = await reader.search(state, typed, mostChoices)
  const exact = hits.filter((h) => h.exact)
  const near = services.length > 0 ? [] : hits
  const found = exact.length > 0 ? exact : near
  return [...services, ...found.map((h) => choice(h.kind, h.code, h.name, whatIs(reader, h)))]
}

const choice = (kind: ScopeKind, value: string, name: string, what: string): ReachChoice => ({
  ...{ kind, value, name },
  text: `${name}: ${what} (${value})`,
})

/** "primary school in Ottleford", "place". */
function whatIs(reader: Reader, { kind, service, town, closed }: Found): string {
  const of = service === null ? undefined : reader.service(service)?.provider
  const what = kind === 'place' ? 'a place' : (of ?? 'a provider')
  return `${what}${town === null ? '' : ` in ${town}`}${closed ? ', closed' : ''}`
}

/** Those that a role of this kind can be of; all where it can be of none of them, so that its refusal says why. */
function fitting(all: readonly ReachChoice[], role: string): readonly ReachChoice[] {
  const granted = grantedRoles.find((r) => r === role)
  const fit = granted ? all.filter((c) => scopesOf[granted].includes(c.kind)) : []
  return (fit.length > 0 ? fit : all).slice(0, mostChoices)
}

/** What is said above a list of what a name may stand for. */
export const choiceSentence = (all: readonly ReachChoice[], typed: string): string => {
  if (all.length === 1)
    return `Is this the one that you mean by “${typed}”? Choose it, or type another name.`
  const n = all.length < mostChoices ? words.number(all.length, 0) : `At least ${mostChoices}`
  return `${n} things fit “${typed}”. Choose one, or type more of its name.`
}
