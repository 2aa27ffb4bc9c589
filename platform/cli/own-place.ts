import type { SecretPlace } from '../people/secret.ts'
import type { Settings } from '../settings.ts'

/** What a verb must know of this Plumbline to write to people. */
export interface OwnPlace {
  readonly signIn: SecretPlace
  /** Where people find it, without a slash at the end; null where nobody has said. */
  readonly home: string | null
  /** Whether a letter would come anywhere. */
  readonly canPost: boolean
}

/**
 * By the settings.
 * @param home where people find it, as far as is known.
 */
export const ownPlaceOf = (
  { signInSecret, data, mail, letters }: Settings,
  home: string | null,
): OwnPlace => ({
  signIn: { given: signInSecret, folder: data },
  home,
  canPost: mail !== null || letters !== 'nobody',
})
