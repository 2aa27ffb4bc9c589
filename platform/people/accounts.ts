import type { Database } from '../database/database.ts'
import { post } from '../mail/post.ts'
import { asPerson } from './as-person.ts'
import { wayLetter } from './letters.ts'
import { personOf } from './person.ts'
import { emailSchema } from './proof.ts'
import { AccountShut, isShut } from './shutting.ts'

/** Whom another service says somebody is. */
export interface Claimed {
  /** The service, by its issuer address. */
  readonly issuer: string
  /** What the service is called on our pages. */
  readonly name: string
  /** Its own number for the person (`sub`). */
  readonly subject: string
  readonly email?: unknown
  /** Whether it has made sure that the person reads the address. */
  readonly isVerified: boolean
}

/** Whose address it is, or why nobody's. */
export type Joined =
  | { readonly kind: 'joined'; readonly email: string; readonly isNew: boolean }
  | { readonly kind: 'unverified' }
  | { readonly kind: 'other-account' }

/**
 * The person whom another service names. One who came from there before is known by its number, whatever
 * address it says now. A new number is joined to the person of its address, who is made where there is none,
 * if the service has verified the address, and no other number of the same service is joined to that person.
 * They are told by a letter.
 * @throws AccountShut where that person's account is shut: nothing is joined to it, and no letter promises a way in.
 */
export async function joinAccount(db: Database, claimed: Claimed): Promise<Joined> {
  const address = emailSchema.safeParse(claimed.email)
  const email = address.success ? address.data : ''
  // One after the other, so that of two clicks the second finds what the first did.
  return db.lock(`join account ${email}`, () =>
    db.transaction(async (tx): Promise<Joined> => {
      const { issuer, subject, name } = claimed
      const [known] = await tx.query<{ email: string }>(
        `select email from person_account a join person_address p on p.id = a.person_id
         where provider_id = $1 and account_id = $2`,
        [issuer, subject],
      )
      if (known) return { kind: 'joined', email: known.email, isNew: false }
      // No letter ever reaches a name of the example: nobody can have verified it.
      if (!claimed.isVerified || email === '' || email.endsWith('.invalid')) {
        return { kind: 'unverified' }
      }
      const person = await personOf(tx, email)
      // Whoever shuts the account at this moment waits, or is waited for.
      await tx.query('select 1 from person where id = $1 for update', [person])
      if (await isShut(tx, person)) throw new AccountShut()
      const others = await tx.query(
        'select id from person_account where provider_id = $1 and person_id = $2',
        [issuer, person],
      )
      if (others.length > 0) return { kind: 'other-account' }
      await tx.query(
        `insert into person_account (person_id, provider_id, account_id, created_at, updated_at)
         values ($1, $2, $3, now(), now())`,
        [person, issuer, subject],
      )
      await tx.query('update person_address set email_verified = true where id = $1', [person])
      await post(tx, { ...wayLetter(`You can now sign in with ${name}.`), to: email })
      return { kind: 'joined', email, isNew: true }
    }),
  )
}

/** Whether a person can sign in by the service. */
export async function hasAccount(db: Database, person: string, issuer: string): Promise<boolean> {
  const found = await asPerson(db, person, (tx) =>
    tx.query('select person_id from person_account where person_id = $1 and provider_id = $2', [
      person,
      issuer,
    ]),
  )
  return found.length > 0
}

/** Lets go of a person's account with the service. Their next sign-in from there joins it again. */
export async function removeAccount(db: Database, person: string, issuer: string): Promise<void> {
  await asPerson(db, person, (tx) =>
    tx.query('delete from person_account where person_id = $1 and provider_id = $2', [
      person,
      issuer,
    ]),
  )
}
