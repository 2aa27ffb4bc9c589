import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hourly } from '../../../people/counts.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { passkeySite } from '../../../people/passkey-forms.ts'
import { codeSchema, emailSchema, linkSchema, proofSeconds } from '../../../people/proof.ts'
import { idleSeconds } from '../../../people/session-length.ts'
import { browserOf, field, keepCookie, keptCookie } from '../../forms.ts'
import { type FormPlace, homeForLetters, isOpenTo } from '../../people-door.ts'
import { askerOf, enter, logTry, tooOften, tried } from './enter.ts'

const route = { config: { act: 'sign-in' } } as const
const minutes = proofSeconds / 60

/** Signing in by a mailed code or link, and signing out. Looking at any of these pages changes nothing. */
export function addSignIn(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { people } = door
  const form = async (
    request: FastifyRequest,
    reply: FastifyReply,
    error: string | null = null,
    email?: string,
  ) =>
    page(reply, 'pages/sign-in/sign-in', {
      title: error === null ? 'Sign in' : 'Error: Sign in',
      error,
      email: email ?? (await ownEmail(request)),
      canPost: door.canPost,
      hasWalkIn: isOpenTo(door.walkIn, request) && (await people.walkIn()),
      service: people.service?.name ?? null,
      goesOn: keptCookie(request, people, 'next') !== null,
      idleHours: idleSeconds / 3600,
      hasPasskeys: passkeySite(homeForLetters(request, door)) !== null,
    })
  /** Whoever signs in again need not type their address again. */
  const ownEmail = async ({ viewer }: FastifyRequest): Promise<string> => {
    const own = viewer.person && (await ownAddress(people.db, viewer.person.id))
    return own === null || own.email.endsWith('.invalid') ? '' : own.email
  }
  const codeForm = (request: FastifyRequest, reply: FastifyReply, error: string | null = null) =>
    page(reply, 'pages/sign-in/code', {
      title: error === null ? 'Type the code' : 'Error: Type the code',
      error,
      email: keptCookie(request, people, 'asked'),
      minutes,
      letters: hourly['letter-to'],
      showsLetters: isOpenTo(door.letters, request),
    })
  const asker = (request: FastifyRequest) => askerOf(request, people)

  app.get('/sign-in', route, (request, reply) => form(request, reply))

  app.post('/sign-in', route, async (request, reply) => {
    if (!door.canPost) return form(request, reply.code(503))
    const email = emailSchema.safeParse(field(request, 'email'))
    if (!email.success) {
      const error = 'Enter an email address, such as ada@example.org'
      return form(request, reply.code(400), error, field(request, 'email').slice(0, 254))
    }
    const { signIn } = await people.open()
    if (!(await signIn.ask(email.data, homeForLetters(request, door), asker(request)))) {
      return refuse(reply, 429, 'Too many emails', tooOften)
    }
    door.posted()
    keepCookie(reply, people, 'asked', email.data, 2 * proofSeconds)
    return reply.redirect('/sign-in/code', 303)
  })

  app.get('/sign-in/code', route, (request, reply) => codeForm(request, reply))

  app.post('/sign-in/code', route, async (request, reply) => {
    const email = emailSchema.safeParse(keptCookie(request, people, 'asked'))
    if (!email.success) return reply.redirect('/sign-in', 303)
    const code = codeSchema.safeParse(field(request, 'code'))
    if (!code.success) {
      return codeForm(request, reply.code(400), 'Enter the code from the email: 8 digits')
    }
    const { signIn } = await people.open()
    const found = await tried(request, 'code', signIn.byCode(email.data, code.data, asker(request)))
    if (found.kind !== 'wrong') return enter(place, request, reply, 'code', found)
    logTry(request, 'code', found.kind)
    return codeForm(
      request,
      reply.code(400),
      'This code is not right, was used before, or is too old. Look for your newest email, or ask for another',
    )
  })

  app.get<{ Querystring: Record<string, unknown> }>(
    '/sign-in/link',
    route,
    async (request, reply) => {
      const token = linkSchema.safeParse(request.query.token)
      if (!token.success) return refuse(reply, 400, 'This link is not whole', brokenLink)
      const { signIn } = await people.open()
      const email = await signIn.addressOf(token.data)
      // Whoever comes back to their own browser may press the button once more.
      if (email === null && !(await signIn.hasUsed(token.data, asker(request)))) {
        return linkIsUsed(request, reply)
      }
      const title = 'Finish signing in'
      return page(reply, 'pages/sign-in/link', { title, token: token.data, email })
    },
  )

  app.post('/sign-in/link', route, async (request, reply) => {
    const token = linkSchema.safeParse(field(request, 'token'))
    if (!token.success) return refuse(reply, 400, 'This link is not whole', brokenLink)
    const { signIn } = await people.open()
    const found = await tried(request, 'link', signIn.byLink(token.data, asker(request)))
    if (found.kind !== 'wrong') return enter(place, request, reply, 'link', found)
    logTry(request, 'link', found.kind)
    return linkIsUsed(request, reply)
  })

  function linkIsUsed(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (request.viewer.person !== null) {
      return page(reply, 'pages/sign-in/already', { title: 'You are signed in already' })
    }
    const instead = [{ href: '/sign-in', text: 'Ask for a new link' }]
    return refuse(reply, 400, 'This link has been used, or is too old', usedLink, { instead })
  }

  app.post('/sign-out', route, async (request, reply) => {
    const { sessions, signIn } = await people.open()
    reply.header('set-cookie', await sessions.signOut(request.headers.cookie))
    await signIn.forgetBrowser(browserOf(request, people))
    request.log.info({ event: 'sign-out' }, 'signed out')
    return reply.redirect('/sign-in/out', 303)
  })

  app.get('/sign-in/out', route, (_, reply) =>
    page(reply, 'pages/sign-in/out', { title: 'You are signed out' }),
  )
}

const brokenLink =
  'Part of it is missing. Copy the whole line from the email, or type the code that stands above it.'
const usedLink = `Each link works once, for ${minutes} minutes, and an older one may have been opened. Ask for a new one.`
