import type { Queries } from '../database/database.ts'

/** One form as it was shown to one person, and what was sent with it. */
export interface SentForm {
  readonly person: string
  /** A number of its own: a UUID. */
  readonly form: string
  /** A keyed hash of all that was sent: the same words have the same. */
  readonly digest: string
}

/** A form was sent before, with other words: those stand, and nothing more was done. */
export class SentOtherwise extends Error {
  override name = 'SentOtherwise'
  /** Where what was sent first led: a path of ours. */
  readonly saved: string

  constructor(saved: string) {
    super('You sent this form before, with other words. What you sent first was saved and stands.')
    this.saved = saved
  }
}

/**
 * Does what a form asks once, however often it is sent: a second time its sender is led to where the first
 * time led. Of two at once the second waits for the first. Where `act` throws, nothing is done, and the form
 * can be sent again.
 * @param act does it, within the same transaction, and says where its sender is led: a path of ours.
 * @throws SentOtherwise where it was sent with other words before.
 */
export async function once(
  tx: Queries,
  { person, form, digest }: SentForm,
  act: () => Promise<string>,
): Promise<string> {
  const [first] = await tx.query(
    `insert into form_use (person_id, form, digest) values ($1, $2, $3)
     on conflict do nothing returning form`,
    [person, form, digest],
  )
  if (!first) {
    const [done] = await tx.query<{ result: string; digest: string | null }>(
      'select result, digest from form_use where person_id = $1 and form = $2',
      [person, form],
    )
    const led = done?.result ?? '/'
    if (done?.digest && done.digest !== digest) throw new SentOtherwise(led)
    return led
  }
  const result = await act()
  await tx.query('update form_use set result = $3 where person_id = $1 and form = $2', [
    person,
    form,
    result,
  ])
  return result
}
