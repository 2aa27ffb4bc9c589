/** Which observations a download holds. */
export type Scope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'indicators' | 'releases' | 'places'; readonly code: string }

/** The forms that observations can be had in, by the ending of the address. */
export const forms = ['csv', 'jsonl', 'parquet'] as const
export type Form = (typeof forms)[number]

export const mediaTypes: Readonly<Record<Form | 'zip', string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  zip: 'application/zip',
}

/** The address of a scope, without the ending of a form. */
export const addressOf = (scope: Scope): string =>
  scope.kind === 'everything'
    ? '/downloads/everything'
    : `/downloads/${scope.kind}/${encodeURIComponent(scope.code)}`

/** A file that is asked for: observations in a form, or the whole package as a ZIP file. */
export type Asked =
  | { readonly scope: Scope; readonly form: Form }
  | { readonly scope: null; readonly form: 'zip' }

/** The name of its file, without an ending: `indicators-imd-score`; `plumbline` is the whole package. */
export function fileName(scope: Scope | null): string {
  if (scope === null) return 'plumbline'
  if (scope.kind === 'everything') return 'everything'
  // A name that needs no further encoding, in an address or on a disk.
  const code = encodeURIComponent(scope.code).replaceAll('~', '%7E').replaceAll('%', '~')
  return `${scope.kind}-${code}`
}
