import type { FastifyInstance } from 'fastify'
import { headsProvider, prepareWalkIn, walkIns } from '../../../people/walk-in.ts'
import { dropCookies, field, keptCookie } from '../../forms.ts'
import { type FormPlace, letIn } from '../../people-door.ts'
import { isOwnPath } from '../sign-in/enter.ts'

const shut = 'Visitors can walk in only while the example area is shown. Here real figures are.'

/** One click to be somebody of the example area. */
export function addWalkIn(app: FastifyInstance, { reader, door, refuse, page }: FormPlace): void {
  const { people } = door
  const route = { config: { act: 'sign-in' }, ...letIn(door.walkIn) } as const
  app.get('/example/walk-in', route, async (_, reply) => {
    if (!(await people.walkIn()))
      return refuse(reply, 404, 'There is no example to walk into', shut)
    const heads = await headsProvider(reader, await reader.state())
    return page(reply, 'pages/walk-in/walk-in', {
      title: 'Walk in as somebody of the example',
      walkIns: walkIns.map((w) => ({
        ...w,
        what: w.role === 'lead' && heads ? `the head of ${heads.name}` : w.what,
      })),
    })
  })

  app.post('/example/walk-in', route, async (request, reply) => {
    if (!(await people.walkIn()))
      return refuse(reply, 404, 'There is no example to walk into', shut)
    const who = walkIns.find((w) => w.key === field(request, 'who'))
    if (!who) return reply.redirect('/example/walk-in', 303)
    const heads = await headsProvider(reader, await reader.state())
    const email = await prepareWalkIn(people.db, who, heads?.code ?? null)
    const { signIn, sessions } = await people.open()
    const cookies = await signIn.withoutLetter(email)
    if (request.session !== null) await sessions.end(request.session)
    reply.header('set-cookie', cookies ?? [])
    const next = keptCookie(request, people, 'next')
    if (next !== null) dropCookies(reply, people, 'next')
    return reply.redirect(isOwnPath(next) ? next : '/account', 303)
  })
}
