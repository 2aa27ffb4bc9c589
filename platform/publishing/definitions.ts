import type { PublicationAtHand } from './dependents.ts'

/**
 * What each definition (of a standard, a card, a study) said until this publication, by code; null where
 * it was written no more. `table` has the columns code, publication and definition.
 */
export async function knownDefinitions(
  { db, number }: PublicationAtHand,
  table: 'standard' | 'report_card' | 'value_study',
): Promise<Map<string, string | null>> {
  const rows = await db.query<{ code: string; definition: string | null }>(
    `select distinct on (code) code, definition from ${table} where publication < $1
     order by code, publication desc`,
    [number],
  )
  return new Map(rows.map((r) => [r.code, r.definition]))
}
