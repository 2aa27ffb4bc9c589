import type { FastifyInstance } from 'fastify'
import { deletePerson, ownData } from '../../../people/own-data.ts'
import { personalTables } from '../../../people/privacy.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'

const route = { config: { act: 'own-account' } } as const

/** What a person can do with what is theirs: take it away, or delete it. */
export function addOwnData(app: FastifyInstance, { door, page }: FormPlace): void {
  const { people } = door

  app.get('/account/data.json', route, async ({ viewer }, reply) => {
    const data = await ownData(people.db, viewer.person?.id ?? '')
    return reply
      .header('content-disposition', 'attachment; filename="plumbline-account.json"')
      .send({
        about: personalTables.map(({ table, what, why, kept }) => ({ table, what, why, kept })),
        data,
      })
  })

  app.get('/account/delete', route, (_, reply) =>
    page(reply, 'pages/account/delete', { title: 'Delete your account' }),
  )

  app.post('/account/delete', route, async (request, reply) => {
    if (field(request, 'sure') !== 'yes') {
      const error = 'Tick the box if you are sure'
      const title = 'Error: Delete your account'
      return page(reply.code(400), 'pages/account/delete', { title, error })
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
