import type { State } from '../comparison/reader.ts'

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

/** The name of its file, without the ending of a form: `indicators-imd-score`. */
export const fileName = (scope: Scope): string =>
  scope.kind === 'everything' ? 'everything' : `${scope.kind}-${encodeURIComponent(scope.code)}`

/** A state of which something is downloaded, with when it was published. */
export type Published = Pick<State, 'publication' | 'at'>
