import type { FastifyInstance } from 'fastify'
import { unsentLetters } from '../../../mail/store.ts'
import { type FormPlace, letIn } from '../../people-door.ts'
import { momentWords } from '../record/act-words.ts'

/** Letters that no mail server takes, for whoever tries Plumbline on a machine of their own. */
export function addPosted(app: FastifyInstance, { door, page }: FormPlace): void {
  const route = { config: { act: 'sign-in' }, ...letIn(door.letters) } as const
  app.get('/dev/mail', route, async (_, reply) => {
    const letters = await unsentLetters(door.people.db)
    return page(reply, 'pages/posted/posted', {
      title: 'Emails not sent',
      letters: letters.map((l) => ({
        ...l,
        when: momentWords(l.postedAt),
        // A line that is an address can be followed.
        lines: l.body.split('\n').map((line) => ({
          text: line,
          href: /^https?:\/\/\S+$/.test(line) ? line : null,
        })),
      })),
    })
  })
}
