import type { Database, Queries } from '../database/database.ts'
import { append } from './append.ts'

/** Nothing of this name can be erased there, as a sentence. */
export class NothingToErase extends Error {
  override name = 'NothingToErase'
}

/**
 * Erases what is personal in an entry, with its salt, and puts on the record that this was done. The
 * entry stays as it was hashed: nobody can tell any more what it spoke of.
 * @param name of the part: `name`, `why`.
 * @param why the reason, which is public and names nobody.
 * @returns the number of the entry that says so.
 * @throws NothingToErase.
 */
export async function erasePersonal(
  db: Database,
  number: number,
  name: string,
  why: string,
): Promise<number> {
  return db.transaction((tx) => erasePart(tx, number, name, { why, by: 'steward' }))
}

/** The same within a transaction of more; `by` is the public role of who asks for it. */
export async function erasePart(
  tx: Queries,
  number: number,
  name: string,
  { why, by }: { readonly why: string; readonly by: string },
): Promise<number> {
  const erased = await tx.query(
    'delete from record_personal where number = $1 and name = $2 returning number',
    [number, name],
  )
  if (erased.length === 0) {
    throw new NothingToErase(`Entry ${number} holds nothing called ${name} that can be erased.`)
  }
  return append(tx, [
    {
      act: 'part-erased',
      role: by,
      subject: `entry:${number}`,
      why,
      rule: 'What is personal is erased when it is no longer needed or its owner asks; that it was erased is public.',
      details: { part: name },
    },
  ])
}

/** Erases all that is personal in the entries about a subject, each with an entry that says so. */
export async function eraseAll(
  tx: Queries,
  subject: string,
  about: { readonly why: string; readonly by: string },
): Promise<void> {
  const sealed = await tx.query<{ number: number; name: string }>(
    `select p.number, p.name from record_personal p join record_entry e using (number)
     where e.subject = $1 order by p.number, p.name`,
    [subject],
  )
  for (const { number, name } of sealed) await erasePart(tx, number, name, about)
}
