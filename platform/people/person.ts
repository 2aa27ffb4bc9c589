import type { Queries } from '../database/database.ts'
import { newPseudonym } from './pseudonym.ts'

/** Adds a person with a pseudonym that nobody has. */
export async function addPerson(db: Pick<Queries, 'query'>): Promise<string> {
  for (;;) {
    const [row] = await db.query<{ id: string }>(
      'insert into person (pseudonym) values ($1) on conflict do nothing returning id',
      [newPseudonym()],
    )
    if (row) return row.id
  }
}

/** The person of an address, made where there is none. Of two who ask at once both get the same. */
export async function personOf(tx: Queries, email: string): Promise<string> {
  const find = 'select id from person_address where email = $1'
  const [known] = await tx.query<{ id: string }>(find, [email])
  if (known) return known.id
  const id = await addPerson(tx)
  const [made] = await tx.query(
    'insert into person_address (id, email) values ($1, $2) on conflict (email) do nothing returning id',
    [id, email],
  )
  if (made) return id
  // Somebody else made them meanwhile, and is done: a statement of its own sees it.
  await tx.query('delete from person where id = $1', [id])
  const [other] = await tx.query<{ id: string }>(find, [email])
  if (!other) throw new Error('a person was made and has gone again at once')
  return other.id
}
