import type { Catalogue } from '../../evidence/catalogue.ts'
import type { Indicator, Service } from '../../evidence/indicator.ts'
import type { Column } from '../columns.ts'
import { csvText } from '../csv-writer.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/**
 * The files of a catalogue, by their paths in it, that whoever imports a package needs beside what every
 * Plumbline has: services, standards, report cards, fairness and studies of the operator's own.
 */
export function catalogueFiles(all: Catalogue, shipped: Catalogue): Map<string, string> {
  const files = new Map<string, string>()
  const list = (path: string, items: readonly unknown[]): void => {
    if (items.length > 0) files.set(path, json(items))
  }
  const beside = <T>(own: ReadonlyMap<string, T>, theirs: ReadonlyMap<string, T>): T[] => [
    ...new Set([...own].filter(([code]) => !theirs.has(code)).map(([, item]) => item)),
  ]
  list('services.json', servicesBeside(all, shipped))
  list('standards/package.json', beside(all.standards, shipped.standards))
  list('fairness/package.json', beside(all.fairness, shipped.fairness))
  list('studies/package.json', beside(all.studies, shipped.studies))
  for (const card of beside(all.cards, shipped.cards)) {
    files.set(`cards/${card.code}.json`, json(card))
  }
  return files
}

const servicesBeside = (all: Catalogue, shipped: Catalogue): Service[] => {
  const known = new Set(shipped.services.map((s) => s.code))
  return all.services.filter((s) => !known.has(s.code))
}

/** The columns of the table of indicators. */
export const indicatorColumns: readonly Column[] = (
  [
    ['code', 'Code', 'As the observations have it.'],
    ['name', 'Name', 'What is measured.'],
    ['service', 'Service', 'The code of the service that it is about; empty for places.'],
    ['topic', 'Topic', 'Under which heading it is shown.'],
    ['unit', 'Unit', 'The unit of the value.'],
    ['kind', 'Kind', 'What kind of number it is: proportion, rate, mean, money, count or rating.'],
    ['scale', 'Scale', 'Numerator over denominator times this is the value, where both are given.'],
    ['polarity', 'Polarity', 'Whether higher or lower is better, or neither.'],
    ['decimals', 'Decimals', 'How many decimals are shown.'],
    ['labels', 'Labels', 'Of ratings: the word for each value from 1 up, with semicolons between.'],
    ['why', 'Why', 'Why it matters.'],
    ['definition', 'Definition', 'What exactly is counted.'],
    ['method', 'Method', 'How it is worked out.'],
    ['caveats', 'Caveats', 'What to keep in mind, a line each.'],
  ] as const
).map(([name, title, description]) => ({
  name,
  title,
  description,
  type: name === 'scale' ? 'number' : name === 'decimals' ? 'integer' : 'string',
}))

/** All indicators as a table: what each figure means, for whoever reads the observations. */
export function indicatorsCsv(all: readonly Indicator[]): string {
  const lines = all.map((i) =>
    [
      ...[i.code, i.name, i.service, i.topic, i.unit, i.kind, String(i.scale), i.polarity],
      ...[String(i.decimals), i.labels?.join('; '), i.why, i.definition, i.method],
      i.caveats.join('\n'),
    ]
      .map((cell) => csvText(cell ?? ''))
      .join(','),
  )
  return [indicatorColumns.map((c) => c.name).join(','), ...lines, ''].join('\r\n')
}

/** What the package says to whoever opens it. */
export const readme = (publication: number): string => `# Everything a Plumbline published

All figures as of publication ${publication}, as a data package (datapackage.org): start with
\`datapackage.json\`, which describes every file and column.

- \`figures/\`: the observations, a file for each release. A figure without a value is empty, never 0,
  and its status says why.
- \`subjects.csv\`: the providers and places that they are about.
- \`indicators.csv\`: what each indicator means.
- \`boundaries/\`: shapes of places, as GeoJSON.
- \`catalogue/\`: what a Plumbline needs to import the package.

To import it into an empty Plumbline, name the catalogue and read the folder:

    PLUMBLINE_CATALOGUE=catalogue PLUMBLINE_EXAMPLE=off plumbline import .

Text that begins with =, +, -, @ or a tab has an apostrophe in front, so that no spreadsheet runs it.
`
