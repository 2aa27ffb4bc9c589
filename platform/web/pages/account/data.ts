import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { deletePerson, ownData, type Staying, whatStays } from '../../../people/own-data.ts'
import { personalTables } from '../../../people/privacy.ts'
import { field } from '../../forms.ts'
import { freshly } from '../../fresh.ts'
import type { FormPlace } from '../../people-door.ts'
import * as words from '../../words.ts'

const route = { config: { act: 'own-account' } } as const

/** What a person can do with what is theirs: take it away, or delete it. */
export function addOwnData(app: FastifyInstance, { door, page, refuse }: FormPlace): void {
  const { people } = door
  // Nobody deletes an account in a browser that its owner left open.
  const fresh = { ...route, ...freshly({ door, refuse }, '/account/delete') }

  app.get('/account/data.json', route, async ({ viewer }, reply) => {
    const data = await ownData(people.db, viewer.person?.id ?? '')
    return reply
      .header('content-disposition', 'attachment; filename="plumbline-account.json"')
      .send({
        about: personalTables.map(({ table, what, why, kept }) => ({ table, what, why, kept })),
        data,
      })
  })

  const confirm = async (request: FastifyRequest, reply: FastifyReply, error?: string) =>
    page(reply, 'pages/account/delete', {
      title: error ? 'Error: Delete your account' : 'Delete your account',
      error,
      staying: stayingWords(await whatStays(people.db, request.viewer.person?.id ?? '')),
    })

  app.get('/account/delete', fresh, (request, reply) => confirm(request, reply))

  app.post('/account/delete', fresh, async (request, reply) => {
    if (field(request, 'sure') !== 'yes') {
      return confirm(request, reply.code(400), 'Tick the box if you are sure')
    }
    const { sessions } = await people.open()
    await deletePerson(people.db, request.viewer.person?.id ?? '')
    reply.header('set-cookie', await sessions.signOut(request.headers.cookie))
    return reply.redirect('/account/deleted', 303)
  })

  app.get('/account/deleted', { config: { act: 'sign-in' } }, (_, reply) =>
    page(reply, 'pages/account/deleted', { title: 'Your account is deleted' }),
  )
}

/** "2 replies", "1 request for a correction": what of a person's stays without their name. */
function stayingWords({ replies, corrections, answers, others }: Staying): string[] {
  const some = (n: number, one: string, more: string): string[] =>
    n === 0 ? [] : [`${words.number(n, 0)} ${n === 1 ? one : more}`]
  return [
    ...some(replies, 'reply in public', 'replies in public'),
    ...some(corrections, 'request for a correction', 'requests for a correction'),
    ...some(answers, 'answer on the desk', 'answers on the desk'),
    ...some(others, 'other act on the public record', 'other acts on the public record'),
  ]
}
