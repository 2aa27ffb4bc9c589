/**
 * The reason of an act, in SQL: as it was sealed with its entry, so that it is gone everywhere once it is
 * erased there; of acts before reasons were sealed, from the column of the act itself.
 * @param act the name of a table of acts in the statement, with the columns `entry` and `why`.
 */
export const reasonOf = (act: string): string =>
  `coalesce(${act}.why, (select value from record_personal where number = ${act}.entry and name = 'why'))`

/**
 * Whether an act was given a reason that has been erased since, in SQL.
 * @param entry the name of `record_entry` in the statement.
 */
export const isReasonErased = (act: string, entry: string): string =>
  `(${entry}.entry::jsonb -> 'sealed' ? 'why' and ${reasonOf(act)} is null)`
