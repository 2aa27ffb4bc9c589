import type { ReleaseRow } from '../../../comparison/figures.ts'
import { licencesOf } from '../../../downloads/licences.ts'
import { addressOf, forms, mediaTypes } from '../../../downloads/scope.ts'
import type { Indicator } from '../../../evidence/indicator.ts'

/**
 * An indicator as search engines read it: a schema.org Dataset as JSON-LD, safe to stand within a script
 * element. Addresses are relative to the page.
 */
export function datasetMarkup(indicator: Indicator, releases: readonly ReleaseRow[]): string {
  const scope = { kind: 'indicators', code: indicator.code } as const
  const licence = licencesOf(releases.map((r) => r.licence)).flatMap((l) => l.path ?? [])
  const markup = {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    name: indicator.name,
    description: `${indicator.why} ${indicator.definition}`,
    identifier: indicator.code,
    url: `/indicators/${encodeURIComponent(indicator.code)}`,
    isAccessibleForFree: true,
    ...(indicator.unit === '' ? {} : { variableMeasured: `${indicator.name} (${indicator.unit})` }),
    ...(licence.length > 0 ? { license: licence } : {}),
    creator: [...new Set(releases.map((r) => r.publisher))].map((name) => ({
      '@type': 'Organization',
      name,
    })),
    isBasedOn: [...new Set(releases.map((r) => r.source))],
    distribution: forms.map((form) => ({
      '@type': 'DataDownload',
      encodingFormat: mediaTypes[form].split(';')[0],
      contentUrl: `${addressOf(scope)}.${form}`,
    })),
  }
  // No text in it can end the script element or begin a comment.
  return JSON.stringify(markup).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
}
