import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { NotByService } from '../../../people/open-id.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { askerOf, enter, logTry, tooOften, tried } from './enter.ts'

const route = { config: { act: 'sign-in' } } as const

/**
 * Signing in by another service: on to it, and back from it.
 * @param name what the service is called.
 */
export function addOpenId(app: FastifyInstance, place: FormPlace, name: string): void {
  const { door, refuse, page } = place
  const { people } = door
  const openId = async () => {
    const { openId } = await people.open()
    if (openId === null) throw new Error('these routes are there where there is a service')
    return openId
  }

  app.post('/sign-in/openid', route, async (request, reply) => {
    const found = await (await openId()).start(
      homeForLetters(request, door),
      askerOf(request, people),
    )
    if (found.kind !== 'go') return no(request, reply, found)
    // Not a redirect: a form may lead to our own pages alone (form-action), and its redirects count too.
    reply.header('refresh', `0; url=${found.url}`)
    return page(reply, 'pages/sign-in/openid', {
      title: `You are going to ${name}`,
      service: name,
      url: found.url,
    })
  })

  app.get('/sign-in/openid/back', route, async (request, reply) => {
    const query = /\?.*$/s.exec(request.url)?.[0] ?? ''
    const back = homeForLetters(request, door)
    const finished = (await openId()).finish(back, query, askerOf(request, people))
    const found = await tried(request, 'service', finished)
    if (found.kind !== 'signed-in') return no(request, reply, found)
    if (found.isNew) door.posted()
    return enter(place, request, reply, 'service', found)
  })

  function no(request: FastifyRequest, reply: FastifyReply, found: NotByService): FastifyReply {
    const { kind, reason } = found
    logTry(request, 'service', kind)
    if (reason !== undefined) request.log.warn({ reason }, 'not signed in by the other service')
    if (kind === 'wrong' && request.viewer.person !== null) {
      return page(reply, 'pages/sign-in/already', { title: 'You are signed in already' })
    }
    const { status, title, sentence } = said(kind, name)
    const instead = [{ href: '/sign-in', text: 'Sign in' }]
    return refuse(reply, status, title, sentence, { instead })
  }
}

interface Said {
  readonly status: number
  readonly title: string
  readonly sentence: string
}

const said = (kind: NotByService['kind'], name: string): Said =>
  ({
    wrong: {
      status: 400,
      title: 'You are not signed in yet',
      sentence: `You came back from ${name} in another browser, a second time, or after more than 15 minutes. Please begin again.`,
    },
    'too-often': { status: 429, title: 'Too many tries', sentence: tooOften },
    refused: {
      status: 400,
      title: 'You are not signed in',
      sentence: `${name} sent you back without signing you in. You can try again, or have a code mailed to you.`,
    },
    unverified: {
      status: 400,
      title: `${name} has not checked your email address`,
      sentence: `We know people by an email address that is surely theirs. Confirm yours at ${name}, or have a code mailed to you.`,
    },
    'other-account': {
      status: 400,
      title: `You have another account at ${name}`,
      sentence: `Whoever reads your email address here signs in with another account at ${name}. Have a code mailed to you; then you can let go of the older one on the page “Your account”.`,
    },
    down: {
      status: 503,
      title: `${name} does not answer`,
      sentence: 'Please try again later, or have a code mailed to you.',
    },
  })[kind]
