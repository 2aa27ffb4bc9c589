/** A licence as data packages, DCAT and schema.org want it. */
export interface Licence {
  /** Its identifier in the Open Definition's list where it stands there, else made from its title. */
  readonly name: string
  readonly title: string
  /** Where it can be read; null where nobody has said. */
  readonly path: string | null
}

const known: readonly (readonly [RegExp, string, string])[] = [
  [
    /open government licence|^ogl/i,
    'OGL-UK-3.0',
    'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
  ],
  [
    /cc0|public domain dedication/i,
    'CC0-1.0',
    'https://creativecommons.org/publicdomain/zero/1.0/',
  ],
  [
    /cc[ -]by[ -]4|creative commons attribution 4/i,
    'CC-BY-4.0',
    'https://creativecommons.org/licenses/by/4.0/',
  ],
]

/** The licence that a source's own words name. */
export function licenceOf(title: string): Licence {
  const found = known.find(([pattern]) => pattern.test(title))
  if (found) return { name: found[1], title, path: found[2] }
  const name = title.replace(/[^A-Za-z0-9._]+/g, '-').replace(/^-+|-+$/g, '')
  return { name: name || 'not-stated', title: title || 'Not stated', path: null }
}

/** Every licence among these, each once. */
export function licencesOf(titles: readonly string[]): Licence[] {
  return [...new Map(titles.map(licenceOf).map((l) => [l.name, l])).values()]
}
