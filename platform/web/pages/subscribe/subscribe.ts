import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { post } from '../../../mail/post.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { emailSchema } from '../../../people/proof.ts'
import { allowed } from '../../../people/rules.ts'
import { confirmLetter, confirmSeconds } from '../../../subscriptions/letters.ts'
import { seal } from '../../../subscriptions/links.ts'
import {
  askFor,
  confirm,
  EnoughSubscriptions,
  mostSubscriptions,
} from '../../../subscriptions/store.ts'
import { type About, type Pace, paceSchema } from '../../../subscriptions/subscription.ts'
import { field } from '../../forms.ts'
import { partOf } from '../../matter-address.ts'
import { type FormPlace, homeForLetters, isOpenTo } from '../../people-door.ts'
import { mayAsk, mayReach, tooOften } from './letter-counts.ts'
import { nameAndPage } from './news-since.ts'
import { paceChoices } from './pace-choices.ts'

const route = { config: { act: 'subscribe' } } as const

/** The pages that one can be told of, by how their addresses begin. */
const kinds = {
  providers: 'provider',
  places: 'place',
  indicators: 'indicator',
  standards: 'standard',
} as const
const kindSchema = z.enum(['providers', 'places', 'indicators', 'standards'])

const noSuch = 'Nothing here has this code. It may have been closed, or its figures withdrawn.'
const enough = `One address may follow ${mostSubscriptions} pages. Stop one that you do not need any more.`

/** Asking to be told by email what changes: by a mailed link, or, of who has signed in, at once. */
export function addSubscribe(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db, secret } = door.people

  /** What the address is about, with its name and page. */
  async function asked(request: FastifyRequest) {
    const kind = kindSchema.safeParse(partOf(request, 'kind'))
    if (!kind.success) return null
    const about: About = { kind: kinds[kind.data], code: partOf(request, 'code') }
    const found = await nameAndPage(reader, await reader.state(), about)
    return found && { about, ...found }
  }
  type Found = NonNullable<Awaited<ReturnType<typeof asked>>>

  /** The address of whoever has signed in: it was proved when they did. */
  async function ownEmail({ viewer }: FastifyRequest): Promise<string | null> {
    if (viewer.person === null || !allowed(viewer, 'follow', null).yes) return null
    return (await ownAddress(db, viewer.person.id))?.email ?? null
  }

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    { name, href }: Found,
    typed: { readonly email: string; readonly pace: Pace; readonly error: string | null },
  ): Promise<FastifyReply> {
    const title = `Get an email when ${name} changes`
    return page(reply, 'pages/subscribe/subscribe', {
      title: typed.error === null ? title : `Error: ${title}`,
      heading: title,
      name,
      href,
      action: request.url.split('?')[0],
      ...typed,
      own: await ownEmail(request),
      paces: paceChoices(typed.pace),
      canPost: door.canPost,
    })
  }

  app.get('/subscribe/:kind/:code', route, async (request, reply) => {
    const found = await asked(request)
    if (!found) return refuse(reply, 404, 'There is no such page', noSuch)
    return form(request, reply, found, { email: '', pace: 'weekly', error: null })
  })

  app.post('/subscribe/:kind/:code', route, async (request, reply) => {
    const found = await asked(request)
    if (!found) return refuse(reply, 404, 'There is no such page', noSuch)
    const pace = paceSchema.catch('weekly').parse(field(request, 'pace'))
    const own = await ownEmail(request)
    const back = { instead: [{ href: found.href, text: found.name }] }
    if (own !== null) {
      const state = await reader.state()
      try {
        await db.transaction(async (tx) => {
          const id = await askFor(tx, own, found.about)
          await confirm(tx, { id, pace, told: state.publication })
        })
      } catch (error) {
        if (!(error instanceof EnoughSubscriptions)) throw error
        return refuse(reply, 400, 'You follow enough pages', enough, back)
      }
      return reply.redirect('/account/subscriptions', 303)
    }
    if (!door.canPost)
      return form(request, reply.code(503), found, { email: '', pace, error: null })
    const email = emailSchema.safeParse(field(request, 'email'))
    if (!email.success) {
      const typed = field(request, 'email').slice(0, 254)
      const error = 'Enter an email address, such as ada@example.org'
      return form(request, reply.code(400), found, { email: typed, pace, error })
    }
    if (!(await mayAsk(request, door))) return refuse(reply, 429, 'Too many emails', tooOften)
    await askByLetter(request, email.data, found, pace)
    return reply.redirect('/subscriptions/sent', 303)
  })

  async function askByLetter(
    request: FastifyRequest,
    email: string,
    { about, name }: Found,
    pace: Pace,
  ): Promise<void> {
    if (!(await mayReach(email, door))) return
    const until = new Date(Date.now() + confirmSeconds * 1000)
    try {
      await db.transaction(async (tx) => {
        const id = await askFor(tx, email, about)
        const token = seal(secret, 'confirm', [id, pace], until)
        const link = `${homeForLetters(request, door)}/subscriptions/confirm?token=${token}`
        await post(tx, { ...confirmLetter({ name, pace, link }), to: email })
      })
    } catch (error) {
      if (!(error instanceof EnoughSubscriptions)) throw error
    }
    door.posted()
  }

  app.get('/subscriptions/sent', route, (request, reply) =>
    page(reply, 'pages/subscribe/sent', {
      title: 'Look at your email',
      showsLetters: isOpenTo(door.letters, request),
    }),
  )
}
