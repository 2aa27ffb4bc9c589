import { z } from 'zod'
import type { Queries } from '../database/database.ts'

/** For how long a mailed code or link is of use, in seconds. */
export const proofSeconds = 15 * 60

/** How the identifier of a stored link begins; its keyed hash follows. */
export const linkPrefix = 'magic-link:'

/** An address as people type it: the same person whatever its capitals. */
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** A code as people type it, with or without the space in its middle. */
export const codeSchema = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{8}$/))

/** What a link carries. */
export const linkSchema = z.string().regex(/^[A-Za-z]{32}$/)

/** Makes worthless whatever a person could still sign in by: codes and links, used and unused. */
export async function forgetProofs(tx: Queries, person: string): Promise<void> {
  const mine = '(select email from person_address where id = $1)'
  await tx.query(`delete from sign_in_use where email = ${mine}`, [person])
  await tx.query(
    `delete from sign_in_proof where identifier = 'sign-in-otp-' || ${mine}
     or (identifier like '${linkPrefix}%' and value::json ->> 'email' = ${mine})`,
    [person],
  )
}
