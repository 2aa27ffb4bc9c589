import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { post } from '../../../mail/post.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { emailSchema } from '../../../people/proof.ts'
import { allowed } from '../../../people/rules.ts'
import { lastNotice } from '../../../subscriptions/late.ts'
import { allLetter, allSeconds } from '../../../subscriptions/letters.ts'
import { seal, unseal } from '../../../subscriptions/links.ts'
import {
  askFor,
  confirm,
  end,
  endAll,
  setPace,
  subscriberAt,
  subscriptionsOf,
} from '../../../subscriptions/store.ts'
import { paceSchema } from '../../../subscriptions/subscription.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import * as words from '../../words.ts'
import { brokenLink } from './confirm.ts'
import { changesTooOften, mayAsk, mayChange, mayReach, tooOften } from './letter-counts.ts'
import { nameAndPage } from './news-since.ts'
import { paceChoices, paceText } from './pace-choices.ts'

const open = { config: { act: 'subscribe' } } as const
const own = { config: { act: 'follow' } } as const

/** What an address follows: by a mailed link, or on the account of who has signed in. */
export function addFollowing(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db, secret } = door.people

  async function listOf(subscriber: string | null) {
    const state = await reader.state()
    const all = subscriber === null ? [] : await subscriptionsOf(db, subscriber)
    return Promise.all(all.map(async (s) => ({ ...s, ...(await nameAndPage(reader, state, s)) })))
  }
  type Line = Awaited<ReturnType<typeof listOf>>[number]

  /** Both pages: the fields that go with each form say whose they are. */
  const show = (
    reply: FastifyReply,
    all: readonly Line[],
    more: {
      readonly action: string
      readonly fields: Readonly<Record<string, string>>
      readonly late: 'offered' | 'no'
      readonly isOwn: boolean
    },
  ): FastifyReply =>
    page(reply, 'pages/subscribe/following', {
      title: 'What you follow',
      subscriptions: all.map((s) => ({
        id: s.id,
        name: s.name ?? `${words.sentenceCase(s.kind)} ${s.code}, which is not here any more`,
        href: s.href ?? null,
        since: words.date(s.since),
        pace: paceText(s.pace),
        paces: paceChoices(s.pace),
      })),
      ...more,
    })

  const notNow = (reply: FastifyReply): FastifyReply =>
    refuse(reply, 429, 'Too many changes', changesTooOften)
  /** Whoever wants no more letters is never kept waiting. */
  const endsAll = (request: FastifyRequest): boolean => field(request, 'do') === 'end-all'
  const isOwnWithin = (request: FastifyRequest): Promise<boolean> =>
    mayChange(request.viewer.person?.id ?? '', door)

  /** Does what a form of one of the two pages asks. */
  async function change(request: FastifyRequest, subscriber: string | null): Promise<void> {
    if (subscriber === null) return
    const id = z.uuid().safeParse(field(request, 'subscription'))
    const pace = paceSchema.safeParse(field(request, 'pace'))
    await db.transaction(async (tx) => {
      const doing = field(request, 'do')
      if (doing === 'end-all') await endAll(tx, subscriber)
      if (doing === 'end' && id.success) await end(tx, subscriber, id.data)
      if (doing === 'pace' && id.success && pace.success) {
        await setPace(tx, subscriber, id.data, pace.data)
      }
    })
  }

  app.get('/subscriptions', open, (_, reply) =>
    page(reply, 'pages/subscribe/find', { title: 'What you follow', error: null, email: '' }),
  )

  app.post('/subscriptions', open, async (request, reply) => {
    const email = emailSchema.safeParse(field(request, 'email'))
    if (!email.success) {
      return page(reply.code(400), 'pages/subscribe/find', {
        title: 'Error: What you follow',
        error: 'Enter an email address, such as ada@example.org',
        email: field(request, 'email').slice(0, 254),
      })
    }
    if (!(await mayAsk(request, door))) return refuse(reply, 429, 'Too many emails', tooOften)
    const subscriber = await subscriberAt(db, email.data)
    if (subscriber !== null && (await mayReach(email.data, door))) {
      const until = new Date(Date.now() + allSeconds * 1000)
      const token = seal(secret, 'all', [subscriber], until)
      const link = `${homeForLetters(request, door)}/subscriptions/mine?token=${token}`
      await db.transaction((tx) => post(tx, { ...allLetter(link), to: email.data }))
      door.posted()
    }
    return reply.redirect('/subscriptions/sent', 303)
  })

  const ofLink = (token: unknown): string | null =>
    typeof token === 'string' ? (unseal(secret, 'all', token)?.[0] ?? null) : null

  app.get<{ Querystring: Record<string, unknown> }>(
    '/subscriptions/mine',
    open,
    async ({ query: { token } }, reply) => {
      const subscriber = ofLink(token)
      if (subscriber === null) return refuse(reply, 400, 'This link does not work', brokenLink)
      const fields = { token: String(token) }
      const more = { action: '/subscriptions/mine', fields, late: 'no', isOwn: false } as const
      return show(reply, await listOf(subscriber), more)
    },
  )

  app.post('/subscriptions/mine', open, async (request, reply) => {
    const token = field(request, 'token')
    const subscriber = ofLink(token)
    if (subscriber === null) return refuse(reply, 400, 'This link does not work', brokenLink)
    if (!endsAll(request) && !(await mayChange(subscriber, door))) return notNow(reply)
    await change(request, subscriber)
    return reply.redirect(`/subscriptions/mine?token=${token}`, 303)
  })

  /** The number under which the address of whoever has signed in is told things. */
  async function ownSubscriber({ viewer }: FastifyRequest): Promise<string | null> {
    const found = viewer.person && (await ownAddress(db, viewer.person.id))
    return found && subscriberAt(db, found.email)
  }

  app.get('/account/subscriptions', own, async (request, reply) => {
    const all = await listOf(await ownSubscriber(request))
    const mayLate = allowed(request.viewer, 'follow-late', null).yes
    const late = mayLate && all.every((s) => s.kind !== 'late') ? 'offered' : 'no'
    return show(reply, all, { action: '/account/subscriptions', fields: {}, late, isOwn: true })
  })

  app.get('/account/subscriptions.json', own, async (request) => ({
    subscriptions: (await listOf(await ownSubscriber(request))).map(({ id: _, ...s }) => s),
  }))

  app.post('/account/subscriptions', own, async (request, reply) => {
    if (!endsAll(request) && !(await isOwnWithin(request))) return notNow(reply)
    await change(request, await ownSubscriber(request))
    return reply.redirect('/account/subscriptions', 303)
  })

  app.post(
    '/account/subscriptions/late',
    { config: { act: 'follow-late' } },
    async (request, reply) => {
      if (!(await isOwnWithin(request))) return notNow(reply)
      const found = request.viewer.person && (await ownAddress(db, request.viewer.person.id))
      if (found) {
        const told = await lastNotice(db)
        await db.transaction(async (tx) => {
          const id = await askFor(tx, found.email, { kind: 'late', code: '' })
          await confirm(tx, { id, pace: 'weekly', told })
        })
      }
      return reply.redirect('/account/subscriptions', 303)
    },
  )
}
