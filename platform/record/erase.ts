import type { Database, Queries } from '../database/database.ts'
import type { ActKind } from './act.ts'
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

interface Erasure {
  /** The reason, which is public and names nobody. */
  readonly why: string
  /** The public role of who asks for it. */
  readonly by: string
}

/** The same within a transaction of more. */
export async function erasePart(
  tx: Queries,
  number: number,
  name: string,
  about: Erasure,
): Promise<number> {
  const erased = await tx.query(
    'delete from record_personal where number = $1 and name = $2 returning number',
    [number, name],
  )
  if (erased.length === 0) {
    throw new NothingToErase(`Entry ${number} holds nothing called ${name} that can be erased.`)
  }
  return sayErased(tx, number, [name], about)
}

const sayErased = (
  tx: Queries,
  number: number,
  names: readonly string[],
  { why, by }: Erasure,
): Promise<number> =>
  append(tx, [
    {
      act: 'part-erased',
      role: by,
      subject: `entry:${number}`,
      why,
      rule: 'What is personal is erased when it is no longer needed or its owner asks; that it was erased is public.',
      details: { part: names.join(', ') },
    },
  ])

/** A part of an entry, by its name, such as `why`. */
export interface SealedPart {
  readonly number: number
  readonly name: string
}

/** Erases parts of entries; of each entry one other says so, whatever went of it. */
export async function eraseParts(
  tx: Queries,
  parts: readonly SealedPart[],
  about: Erasure,
): Promise<void> {
  for (const [number, some] of Map.groupBy(parts, (p) => p.number)) {
    const names = some.map((p) => p.name)
    await tx.query('delete from record_personal where number = $1 and name = any($2::text[])', [
      number,
      names,
    ])
    await sayErased(tx, number, names, about)
  }
}

/** Erases all that is personal in the entries about a subject: of every act, or of one kind alone. */
export async function eraseAll(
  tx: Queries,
  subject: string,
  about: Erasure,
  act: ActKind | null = null,
): Promise<void> {
  const sealed = await tx.query<SealedPart>(
    `select p.number, p.name from record_personal p join record_entry e using (number)
     where e.subject = $1 and ($2::text is null or e.act = $2) order by p.number, p.name`,
    [subject, act],
  )
  await eraseParts(tx, sealed, about)
}
