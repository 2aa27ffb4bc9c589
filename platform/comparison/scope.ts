import { remembered } from './remembered.ts'

/** More areas than this are not named one by one. */
export const mostNamed = 3

/**
 * Which areas hold all of some providers, in the order of the alphabet: "Hampshire and Surrey". Null
 * where they are many, or where one of the providers lies in none: then nobody can say.
 * @param areaOf the area of a provider, by subject number.
 */
export function scopeOf(
  providers: Iterable<number>,
  areaOf: (subject: number) => number | null,
  nameOf: (subject: number) => string,
): string | null {
  const areas = new Set<number>()
  for (const provider of providers) {
    const area = areaOf(provider)
    if (area === null) return null
    areas.add(area)
    if (areas.size > mostNamed) return null
  }
  const names = [...areas].map(nameOf).sort()
  return names.length < 2
    ? (names[0] ?? null)
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

const format = new Intl.NumberFormat('en-GB')
const grouped = remembered(20_000, (count: number) => format.format(count))

/**
 * A group that nobody published, known only from its providers that are here: "545 schools here
 * (Hampshire and Surrey)".
 */
export function groupHere(count: number, providers: string, scope: string | null): string {
  const here = `${grouped(count)} ${providers} here`
  return scope === null ? here : `${here} (${scope})`
}
