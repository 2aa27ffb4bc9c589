import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { paceWords } from '../../../subscriptions/letters.ts'
import { unseal } from '../../../subscriptions/links.ts'
import { asked, confirm } from '../../../subscriptions/store.ts'
import { paceSchema } from '../../../subscriptions/subscription.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { nameAndPage } from './news-since.ts'

const route = { config: { act: 'subscribe' } } as const

/** What the link of a letter to confirm says. */
const confirmSchema = z.tuple([z.uuid(), paceSchema])

export const brokenLink =
  'Part of it is missing, or it is too old. Copy the whole line from the email, or ask for a new one.'
const ended =
  'It was stopped since, or it waited for more than 7 days. Ask again on the page that you want to follow.'

/** The page of a mailed link that says yes: looking at it changes nothing, and its button may be pressed twice. */
export function addConfirm(app: FastifyInstance, { reader, door, refuse, page }: FormPlace): void {
  const { db, secret } = door.people
  const confirmed = (token: unknown) => {
    const words = typeof token === 'string' ? unseal(secret, 'confirm', token) : null
    const found = confirmSchema.safeParse(words)
    return found.success ? { id: found.data[0], pace: found.data[1] } : null
  }

  app.get<{ Querystring: Record<string, unknown> }>(
    '/subscriptions/confirm',
    route,
    async ({ query: { token } }, reply) => {
      const found = confirmed(token)
      if (!found) return refuse(reply, 400, 'This link does not work', brokenLink)
      const about = await asked(db, found.id)
      if (!about) return refuse(reply, 400, 'This link does not work any more', ended)
      return page(reply, 'pages/subscribe/confirm', {
        title: 'Get these emails',
        ...(await nameAndPage(reader, await reader.state(), about)),
        email: about.email,
        pace: paceWords[found.pace],
        token,
      })
    },
  )

  app.post('/subscriptions/confirm', route, async (request, reply) => {
    const found = confirmed(field(request, 'token'))
    if (!found) return refuse(reply, 400, 'This link does not work', brokenLink)
    const state = await reader.state()
    const about = await confirm(db, { ...found, told: state.publication })
    if (!about) return refuse(reply, 400, 'This link does not work any more', ended)
    const what = await nameAndPage(reader, state, about)
    return page(reply, 'pages/subscribe/confirmed', {
      title: 'You get these emails from now on',
      ...what,
      pace: paceWords[found.pace],
    })
  })
}
