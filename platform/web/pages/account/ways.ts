import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { removeAccount } from '../../../people/accounts.ts'
import { mostPasskeys, passkeyNameSchema, passkeySite } from '../../../people/passkey-forms.ts'
import { field } from '../../forms.ts'
import { freshly } from '../../fresh.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { askerOf, tooOften } from '../sign-in/enter.ts'
import { noSite } from '../sign-in/passkey.ts'

const route = { config: { act: 'own-account' } } as const
const back = { instead: [{ href: '/account', text: 'Your account' }] }

/** The ways by which a person signs in: passkeys, and another service. */
export function addWays(app: FastifyInstance, { door, refuse, page }: FormPlace): void {
  const { people } = door
  const fresh = { ...route, ...freshly({ door, refuse }, '/account') }

  /** The page whose script makes a passkey. */
  async function offer(
    request: FastifyRequest,
    reply: FastifyReply,
    error: string | null = null,
  ): Promise<FastifyReply> {
    const { person } = request.viewer
    const site = passkeySite(homeForLetters(request, door))
    if (site === null) return refuse(reply, 400, 'No passkeys here', noSite, back)
    const { passkeys } = await people.open()
    const offered = person && (await passkeys.offerNew(person, site, askerOf(request, people)))
    if (offered === 'too-often') return refuse(reply, 429, 'Too many tries', tooOften)
    if (!offered) return refuse(reply, 400, 'You have enough passkeys', enough, back)
    return page(error === null ? reply : reply.code(400), 'pages/account/new-passkey', {
      title: error === null ? 'Add a passkey' : 'Error: Add a passkey',
      error,
      usesPasskey: true,
      ...offered,
    })
  }

  app.post('/account/passkeys/new', fresh, (request, reply) => offer(request, reply))

  app.post('/account/passkeys', fresh, async (request, reply) => {
    const name = passkeyNameSchema.safeParse(field(request, 'name'))
    if (!name.success) return offer(request, reply, 'Enter a name of 1 to 60 letters')
    const site = passkeySite(homeForLetters(request, door))
    if (site === null) return refuse(reply, 400, 'No passkeys here', noSite, back)
    const [challenge, answer] = [field(request, 'challenge'), field(request, 'answer')]
    const { passkeys } = await people.open()
    const person = request.viewer.person?.id ?? ''
    const sent = { challenge, answer, name: name.data }
    if (!(await passkeys.add(person, site, sent, askerOf(request, people)))) {
      return refuse(reply, 400, 'This passkey was not added', notAdded, back)
    }
    door.posted()
    return reply.redirect('/account', 303)
  })

  app.post('/account/passkeys/rename', route, async (request, reply) => {
    const name = passkeyNameSchema.safeParse(field(request, 'name'))
    if (!name.success) {
      return refuse(reply, 400, 'This is no name', 'Go back and enter 1 to 60 letters.', back)
    }
    const id = z.uuid().safeParse(field(request, 'passkey'))
    const { passkeys } = await people.open()
    if (id.success) await passkeys.rename(request.viewer.person?.id ?? '', id.data, name.data)
    return reply.redirect('/account', 303)
  })

  app.post('/account/passkeys/remove', fresh, async (request, reply) => {
    const id = z.uuid().safeParse(field(request, 'passkey'))
    const { passkeys } = await people.open()
    if (id.success) await passkeys.remove(request.viewer.person?.id ?? '', id.data)
    return reply.redirect('/account', 303)
  })

  app.post('/account/service/remove', fresh, async (request, reply) => {
    const { service } = people
    if (service) await removeAccount(people.db, request.viewer.person?.id ?? '', service.issuer)
    return reply.redirect('/account', 303)
  })
}

const enough = `A person may have ${mostPasskeys}. Remove one that you do not use any more.`
const notAdded =
  'Its page was open for too long, or was sent twice, or you have as many as you may. Look on your account whether it is there; if not, add it again.'
