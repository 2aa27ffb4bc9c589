import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { clinics } from '../publishing/testing.ts'

/** A made-up kind of file whose small counts must not be shown: visits of a county's people. */
export const visitsCatalogue: Catalogue = {
  ...clinics,
  descriptors: [
    descriptorSchema.parse({
      id: 'visits',
      title: 'Made-up visits',
      publisher: 'Nobody',
      source: 'https://example.org/visits',
      licence: 'CC0',
      dataset: 'visits',
      service: null,
      match: { name: 'visits-(?<year>\\d{4})', columns: ['code', 'in time'] },
      fields: [
        { name: 'code', constraints: { required: true } },
        { name: 'in time', type: 'integer', constraints: { minimum: 0 } },
        { name: 'all', type: 'integer', constraints: { minimum: 0 } },
      ],
      period: { from: 'name', group: 'year', kind: 'year' },
      subjects: [
        {
          kind: 'place',
          code: '{code}',
          level: '{level}',
          name: 'Place {code}',
          parents: [
            { level: 'neighbourhood', code: '{neighbourhood}' },
            { level: 'district', code: '{district}' },
            { level: 'county', code: 'C1' },
          ],
        },
      ],
      observations: [
        {
          indicator: 'seen-in-time',
          value: 'in time',
          derive: 'ratio',
          denominator: 'all',
          breakdown: { sex: '{sex}', age: '{age}' },
        },
      ],
      disclosure: {
        rules: { threshold: 5 },
        chains: [
          ['ward', 'district', 'county'],
          ['ward', 'neighbourhood', 'county'],
        ],
      },
    }),
  ],
  indicators: new Map([...clinics.indicators].map(([code, i]) => [code, { ...i, service: null }])),
}

/** The same visits where the county is a country: a whole that measures' funnel plots are drawn around. */
export const visitsOfACountry: Catalogue = {
  ...visitsCatalogue,
  descriptors: visitsCatalogue.descriptors.map((d) => ({
    ...d,
    subjects: d.subjects.map((s) => ({
      ...s,
      ...('parents' in s
        ? { parents: s.parents?.map((p) => ({ ...p, level: asCountry(p.level) })) }
        : {}),
    })),
    ...(d.disclosure
      ? {
          disclosure: { ...d.disclosure, chains: d.disclosure.chains.map((c) => c.map(asCountry)) },
        }
      : {}),
  })),
}

/** The level of the largest place as {@link visitsOfACountry} has it. */
export function asCountry(level: string): string {
  return level === 'county' ? 'country' : level
}
