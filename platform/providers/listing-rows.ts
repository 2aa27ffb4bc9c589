import { closedFact, type ListingBody } from '../publishing/listings.ts'

/** A provider or place as it is stored. */
export interface ListingRow {
  id: number
  code: string
  kind: 'provider' | 'place'
  name: string
  service: string | null
  level: string | null
  postcode: string | null
  town: string | null
  parents: number[]
  body: ListingBody
}

/** The newest row of each subject that a state sees, of those that have not ended. */
export const newest = `l.publication <= $1 and not l.ended and not exists (select 1 from listing n
  where n.subject_id = l.subject_id and n.publication <= $1 and n.publication > l.publication)`

/** It has closed: false for what older publications stored. */
export const closed = `coalesce((l.body->>'closed')::boolean, false)`

/** Some current release has a figure of it. */
export const hasFigures = `exists (select 1 from (select distinct on (dataset) body from sheet
  where subject_id = l.subject_id and publication <= $1
  order by dataset, publication desc) newest where body <> '')`

/** What a list of hits shows. */
export const hitColumns = `s.code, l.name, s.kind, l.service, l.level, l.postcode, l.town,
  ${closed} as closed, l.body->'facts'->>'${closedFact}' as "closedOn",
  s.kind = 'provider' and not ${hasFigures} as silent`

/** A whole listing. */
export const columns = `l.subject_id as id, s.code, s.kind, l.name, l.service, l.level, l.postcode, l.town,
  l.parents, l.body`
