import type { Database, Queries } from '../database/database.ts'

const askForWall = `select exists (select from pg_roles where rolname = 'plumbline_person'
    and pg_has_role(current_user, oid, 'member')
    and has_column_privilege(oid, 'person_address', 'email', 'select')) as "hasWall"`

/** Whether PostgreSQL itself keeps people's rows apart: its role could be made, and may be used. */
export async function hasWall(db: Queries): Promise<boolean> {
  const [found] = await db.query<{ hasWall: boolean }>(askForWall)
  return found?.hasWall ?? false
}

/**
 * Reads personal tables as one person: PostgreSQL itself shows no row of anybody else, and no token, whatever
 * the statements ask (row-level security). Where the role for it could not be made, they are all that there is.
 */
export async function asPerson<T>(
  db: Database,
  person: string,
  read: (tx: Queries) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const isWalled = await hasWall(tx)
    await tx.query(`select set_config('plumbline.person', $1, true)`, [person])
    if (isWalled) await tx.query('set local role plumbline_person')
    return read(tx)
  })
}
