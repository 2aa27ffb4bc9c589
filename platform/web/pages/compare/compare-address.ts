/** What a comparison's address asks. */
export interface Compared {
  readonly providers: readonly string[]
  readonly place: string | null
  readonly service: string | null
  readonly indicator: string | null
  readonly group: string | null
}

/**
 * The address of a comparison, with what it is asked and nothing else.
 * @example compareAddress({ ...none, providers: ['A', 'B'], indicator: 'smoking' }) // '/compare?providers=A,B&indicator=smoking'
 */
export function compareAddress(asked: Compared): string {
  const { providers, place, service, indicator, group } = asked
  const names = { place, service, indicator, group }
  const search = new URLSearchParams()
  if (providers.length > 0) search.set('providers', providers.join(','))
  for (const [name, value] of Object.entries(names)) if (value) search.set(name, value)
  return `/compare?${String(search).replaceAll('%2C', ',')}`
}
