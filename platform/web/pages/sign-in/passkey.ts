import type { FastifyInstance } from 'fastify'
import { passkeySite } from '../../../people/passkey-forms.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { askerOf, enter, logTry, tooOften, tried } from './enter.ts'

const route = { config: { act: 'sign-in' } } as const

/** Signing in by a passkey: a page whose script asks the browser for it, and what it answers. */
export function addPasskey(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { people } = door
  const instead = [{ href: '/sign-in', text: 'Sign in in another way' }]

  // Whoever opens the address of the page begins where the button is that leads to it.
  app.get('/sign-in/passkey', route, async (_, reply) => reply.redirect('/sign-in', 303))

  app.post('/sign-in/passkey', route, async (request, reply) => {
    const site = passkeySite(homeForLetters(request, door))
    if (site === null) return refuse(reply, 400, 'No passkeys here', noSite, { instead })
    const { passkeys } = await people.open()
    const offered = await passkeys.offerSignIn(site, askerOf(request, people))
    if (offered === null) return refuse(reply, 429, 'Too many tries', tooOften)
    return page(reply, 'pages/sign-in/passkey', {
      title: 'Sign in with a passkey',
      usesPasskey: true,
      ...offered,
    })
  })

  app.post('/sign-in/passkey/answer', route, async (request, reply) => {
    const site = passkeySite(homeForLetters(request, door))
    if (site === null) return refuse(reply, 400, 'No passkeys here', noSite, { instead })
    const { passkeys } = await people.open()
    const sent = { challenge: field(request, 'challenge'), answer: field(request, 'answer') }
    const found = await tried(
      request,
      'passkey',
      passkeys.signIn(site, sent, askerOf(request, people)),
    )
    if (found.kind !== 'wrong') return enter(place, request, reply, 'passkey', found)
    logTry(request, 'passkey', found.kind)
    return refuse(reply, 400, 'This passkey does not sign you in', wrong, { instead })
  })
}

/** Said where browsers make no passkeys for the address of this Plumbline. */
export const noSite =
  'Browsers keep passkeys for a named address with https alone, or for this machine as “localhost”.'
const wrong =
  'It may have been removed on your account, or its page was open for too long. Try again, or have a code mailed to you.'
