import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { lastEntryOf } from '../../../record/append-after.ts'
import { type KnownMatter, knownMatter } from '../../../replies/matter.ts'
import { giveReply, replySubject, withdrawReply } from '../../../replies/reply.ts'
import { mostWords } from '../../../replies/said.ts'
import type { Reply } from '../../../replies/store.ts'
import { field } from '../../forms.ts'
import { matterOf, providerThing } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import {
  answerForm,
  type Fault,
  newForm,
  personOf,
  seenOf,
  sendForm,
  today,
} from '../../sent-form.ts'
import * as words from '../../words.ts'
import { formHref, signature } from '../said/beside.ts'
import { matterHref, matterWords } from '../said/matter-words.ts'

const nothing = 'Nothing of this kind is said of it now, so there is nothing to reply to.'

const notGiven = 'Nobody has replied to this, or the reply was withdrawn.'

interface Typed {
  readonly text: string
  readonly name: string
}

/** What whoever leads a provider is called: the signature under its replies. */
export const leadOf = ({ reader }: FormPlace, { service }: Pick<KnownMatter, 'service'>): string =>
  (service === null ? undefined : reader.service(service)?.lead) ?? 'head'

/** A provider's lead replies to what is said of it, changes the reply, or withdraws it. */
export function addReplies(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const route = { config: { act: 'reply', thing: providerThing(place) } } as const

  async function found(request: FastifyRequest) {
    const matter = matterOf(request)
    const state = await reader.state()
    const known = matter && (await knownMatter(reader, state, matter))
    if (!known) return null
    const all = await reader.replies.replies(state, known.provider)
    const reply = all.find((r) => r.kind === known.kind && r.about === known.about) ?? null
    return { matter: known, reply }
  }

  async function form(
    reply: FastifyReply,
    matter: KnownMatter,
    standing: Reply | null,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const changes = standing?.last.act === 'given'
    const title = changes ? 'Change your reply' : 'Reply in public'
    return page(reply, 'pages/reply/reply', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      fault,
      typed,
      changes,
      standing: standing?.last.text ?? '',
      provider: matter.providerName,
      about: matterWords(matter),
      back: matterHref(matter),
      signed: words.sentenceCase(signature(leadOf(place, matter), matter.providerName)),
      mostWords,
      action: formHref(matter, 'reply'),
      withdraw: changes ? `${formHref(matter, 'reply')}/withdraw` : null,
      form: newForm(),
      seen: await lastEntryOf(door.people.db, replySubject(matter)),
    })
  }

  app.get('/providers/:code/reply/:kind/:about', route, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There is nothing to reply to', nothing)
    const last = at.reply?.last
    const typed = { text: last?.text ?? '', name: last?.name ?? '' }
    return form(reply, at.matter, at.reply, typed, null)
  })

  app.post('/providers/:code/reply/:kind/:about', route, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There is nothing to reply to', nothing)
    const { matter } = at
    const typed = { text: field(request, 'text'), name: field(request, 'name') }
    const sent = await sendForm(place, request, async (tx) => {
      const name = typed.name.trim() === '' ? {} : { name: typed.name }
      const given = { text: typed.text, ...name, role: leadOf(place, matter), givenOn: today() }
      await giveReply(tx, matter, given, seenOf(request), personOf(request))
      return `${formHref(matter, 'reply')}/given`
    })
    return answerForm(reply, sent, (fault) => form(reply, matter, at.reply, typed, fault))
  })

  // Pages that anyone may read say to nobody what they have just done: this one does.
  app.get('/providers/:code/reply/:kind/:about/given', route, async (request, reply) => {
    const at = await found(request)
    if (at?.reply?.last.act !== 'given') return refuse(reply, 404, 'There is no reply', notGiven)
    const { matter } = at
    const { name, text } = at.reply.last
    const by = signature(leadOf(place, matter), matter.providerName)
    return page(reply, 'pages/reply/given', {
      title: 'Your reply is public',
      provider: matter.providerName,
      about: matterWords(matter),
      text: text ?? '',
      signed: name === null ? words.sentenceCase(by) : `${name}, ${by}`,
      back: matterHref(matter),
      change: formHref(matter, 'reply'),
      record: `/record?subject=${encodeURIComponent(replySubject(matter))}`,
    })
  })

  async function withdrawal(
    reply: FastifyReply,
    matter: KnownMatter,
    why: string,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const title = 'Withdraw your reply'
    return page(reply, 'pages/reply/withdraw', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      fault,
      why,
      provider: matter.providerName,
      about: matterWords(matter),
      back: matterHref(matter),
      action: `${formHref(matter, 'reply')}/withdraw`,
      form: newForm(),
      seen: await lastEntryOf(door.people.db, replySubject(matter)),
    })
  }
  const noReply = 'There is no reply that could be withdrawn.'

  app.get('/providers/:code/reply/:kind/:about/withdraw', route, async (request, reply) => {
    const at = await found(request)
    if (at?.reply?.last.act !== 'given') return refuse(reply, 404, 'There is no reply', noReply)
    return withdrawal(reply, at.matter, '', null)
  })

  app.post('/providers/:code/reply/:kind/:about/withdraw', route, async (request, reply) => {
    const at = await found(request)
    // Sent again after it was done, it leads to where the first time led.
    if (!at?.reply) return refuse(reply, 404, 'There is no reply', noReply)
    const { matter } = at
    const why = field(request, 'why')
    const sent = await sendForm(place, request, async (tx) => {
      const given = { why, role: leadOf(place, matter), on: today() }
      await withdrawReply(tx, matter, given, seenOf(request), personOf(request))
      return matterHref(matter)
    })
    return answerForm(reply, sent, (fault) => withdrawal(reply, matter, why, fault))
  })
}
