import type { Queries } from '../database/database.ts'

/** One form as it was shown to one person. */
export interface ShownForm {
  readonly person: string
  /** A number of its own: a UUID. */
  readonly form: string
}

/**
 * Does what a form asks once, however often it is sent: a second time its sender is led to where the first
 * time led. Of two at once the second waits for the first. Where `act` throws, nothing is done, and the form
 * can be sent again.
 * @param act does it, within the same transaction, and says where its sender is led: a path of ours.
 */
export async function once(
  tx: Queries,
  { person, form }: ShownForm,
  act: () => Promise<string>,
): Promise<string> {
  const [first] = await tx.query(
    'insert into form_use (person_id, form) values ($1, $2) on conflict do nothing returning form',
    [person, form],
  )
  if (!first) {
    const [done] = await tx.query<{ result: string }>(
      'select result from form_use where person_id = $1 and form = $2',
      [person, form],
    )
    return done?.result ?? '/'
  }
  const result = await act()
  await tx.query('update form_use set result = $3 where person_id = $1 and form = $2', [
    person,
    form,
    result,
  ])
  return result
}
