import type { Entry } from '@plumbline/record'
import type { StoredEntry } from '../../../record/store.ts'
import type { PageContext } from '../context.ts'

/** What things are called that entries know by their codes; a code that is not known stays. */
export interface Names {
  standard(code: string): string
  indicator(code: string): string
  /** Of a provider, a place or a service. */
  thing(code: string): string
}

/** The names of standards alone, for entries that speak of nothing else. */
export const standardsAlone = (standard: (code: string) => string): Names => ({
  standard,
  indicator: (code) => code,
  thing: (code) => code,
})

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The code of the provider, place or service that an entry speaks of; empty where it speaks of none. */
function thingIn({ subject, details }: Entry): string {
  const [kind, ...code] = subject.split(':')
  if (kind === 'signal') return code[1] ?? ''
  if (kind === 'grant') return text(details.code)
  return text(details.provider)
}

/** Names of standards by their codes, as the state knows them; a code that it does not know stays. */
export async function standardNames({ reader, state }: PageContext) {
  const all = await reader.standards.all(state)
  return (code: string): string => all.get(code)?.standard.name ?? code
}

/** The names that these entries need. */
export async function recordNames(
  context: PageContext,
  entries: readonly StoredEntry[],
): Promise<Names> {
  const { reader, state, indicators } = context
  const codes = new Set(entries.map((e) => thingIn(e.entry)).filter((code) => code !== ''))
  const things = new Map<string, string>()
  for (const code of codes) {
    const name = (await reader.subject(state, code))?.name ?? reader.service(code)?.name
    if (name) things.set(code, name)
  }
  return {
    standard: await standardNames(context),
    indicator: (code) => indicators.get(code)?.name ?? code,
    thing: (code) => things.get(code) ?? code,
  }
}
