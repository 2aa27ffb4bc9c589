import type { Letter } from '../mail/post.ts'
import { proofSeconds } from './proof.ts'

/** "17:06" in UTC. */
const clock = (at: Date): string => at.toISOString().slice(11, 16)

/** A code as it is read aloud: "1234 5678". */
export const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** The letter with a code and a link to sign in by. */
export function signInLetter({
  code,
  link,
  now,
}: {
  readonly code: string
  readonly link: string
  readonly now: Date
}): Omit<Letter, 'to'> {
  const end = clock(new Date(now.getTime() + proofSeconds * 1000))
  return {
    subject: 'Sign in to Plumbline',
    useful: proofSeconds,
    body: `Somebody asked to sign in to Plumbline with this address.

If it was you, type this code into the page that asks for it:

    ${spaced(code)}

Or open this page and press its button:

${link}

Each works once, for ${proofSeconds / 60} minutes: until ${end} UTC.

If it was not you, do nothing. Nobody can sign in without this email.
Tell the code to nobody: we never ask for it in a call or an email.
`,
  }
}

/**
 * The letter that says that somebody can be signed in in another way than before.
 * @param what has changed, as a sentence.
 */
export const wayLetter = (what: string): Omit<Letter, 'to'> => ({
  subject: 'How you sign in to Plumbline has changed',
  body: `${what}

If it was you, do nothing.

If it was not you, sign in with a code that we mail to this address. On the page
“Your account”, remove what you do not know and sign out everywhere.
`,
})
