import type { Database } from '../database/database.ts'

/**
 * What a statement gives for all subjects, some hundreds of them at a time: one statement for all would
 * keep the pages waiting for a second. It may write.
 * @param sql takes `parameters`, then the first subject of a part and the one after its last.
 */
export async function bySubjects<Row>(
  db: Database,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const step = 500
  const [last] = await db.query<{ id: number | null }>('select max(id) as id from subject')
  const rows: Row[] = []
  for (let from = 0; from <= (last?.id ?? -1); from += step) {
    for (const row of await db.query<Row>(sql, [...parameters, from, from + step])) rows.push(row)
  }
  return rows
}

export interface StoredSubject {
  readonly id: number
  readonly kind: 'provider' | 'place'
  readonly code: string
}

/** Everybody that any release has named. */
export const allSubjects = (db: Database): Promise<StoredSubject[]> =>
  bySubjects(db, 'select id, kind, code from subject where id >= $1 and id < $2')
