import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerKinds, answerSignal } from '../../../desk/answer.ts'
import { closeSignal, signalSubject, takeSignal } from '../../../desk/handle.ts'
import { holdersOf } from '../../../desk/holders.ts'
import type { Signal } from '../../../desk/store.ts'
import { type SignalNews, tellHolder } from '../../../desk/tell.ts'
import { type Act, allowed, type Thing } from '../../../people/rules.ts'
import { lastEntryOf } from '../../../record/append-after.ts'
import { field } from '../../forms.ts'
import { partOf } from '../../matter-address.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import {
  answerForm,
  type Fault,
  newForm,
  personOf,
  seenOf,
  sendForm,
  today,
} from '../../sent-form.ts'
import { thingOf } from '../../thing.ts'
import { leadOf } from '../reply/reply.ts'
import { saidOf } from '../said/beside.ts'
import { handleHref, lineContext } from './handling.ts'
import { signalLine } from './signal-line.ts'
import { briefWords } from './signal-words.ts'

const nothing = 'It may have ended with a later release. The desk lists those that stand.'

/** What was typed, so that nothing of it is lost. */
const fields = ['kind', 'text', 'name', 'byWhen', 'why'] as const
type Typed = Readonly<Record<(typeof fields)[number], string>>

const typedIn = (request: FastifyRequest): Typed => ({
  kind: field(request, 'kind'),
  text: field(request, 'text').replace(/\r\n?/g, '\n'),
  name: field(request, 'name'),
  byWhen: field(request, 'byWhen').trim(),
  why: field(request, 'why'),
})
const untyped: Typed = { kind: '', text: '', name: '', byWhen: '', why: '' }

const kindChoices = {
  accept: 'It is right',
  explain: 'It has this reason',
  plan: 'This will be done about it',
} as const

/** A signal is taken by a steward, answered by those concerned, and closed with a reason. */
export function addHandling(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place

  async function signalOf(request: FastifyRequest): Promise<Signal | null> {
    const key = partOf(request, 'key')
    const all = await reader.desk.all(await reader.state(), today())
    return all.find((s) => s.key === key) ?? null
  }
  async function thing(request: FastifyRequest): Promise<Thing | null> {
    const signal = await signalOf(request)
    if (!signal) return null
    // Whoever is listed no more lies nowhere: those whose role reaches everything answer for them.
    if (signal.subject)
      return (await thingOf(reader, await reader.state(), signal.subject.code)) ?? {}
    return signal.service === null ? {} : { service: signal.service }
  }
  const route = (act: Act) => ({ config: { act, thing } })

  /** Whoever acts, by their public role. */
  async function roleOf(request: FastifyRequest, act: Act, signal: Signal): Promise<string> {
    const { grant } = allowed(request.viewer, act, await thing(request))
    const { subject, service } = signal
    if (grant?.role === 'steward' || !subject) return 'steward'
    if (grant?.role !== 'lead') return `professional of ${subject.name}`
    return `${leadOf(place, { service })} of ${subject.name}`
  }

  /** What the steward who looks after a signal is told of it. */
  const newsOf = (
    request: FastifyRequest,
    signal: Signal,
    of: Pick<SignalNews, 'act' | 'role'>,
  ): SignalNews => ({
    ...of,
    signal: signal.key,
    about: briefWords(signal),
    person: personOf(request),
    link: `${homeForLetters(request, door)}${handleHref(signal.key)}`,
  })

  /** Who looks after it, for stewards: "You look after it." Empty where nobody in particular does. */
  async function holderWords({ viewer }: FastifyRequest, signal: Signal): Promise<string> {
    const holder = (await holdersOf(door.people.db)).get(signal.key)
    if (!holder) return ''
    return `${holder.person === viewer.person?.id ? 'You look' : `${holder.pseudonym} looks`} after it.`
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    signal: Signal,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const state = await reader.state()
    const context = await lineContext(reader, state)
    const said = await saidOf(context, signal.subject?.code ?? '')
    const about = await thing(request)
    const may = (act: Act): boolean => allowed(request.viewer, act, about).yes
    return page(reply, 'pages/desk/handle', {
      title: fault ? 'Error: A signal on the desk' : 'A signal on the desk',
      fault,
      typed,
      signal: await signalLine(signal, context, said),
      action: handleHref(signal.key),
      kinds: answerKinds.map((value) => ({
        value,
        text: kindChoices[value],
        checked: typed.kind === value,
      })),
      holder: may('take-signal') ? await holderWords(request, signal) : '',
      may: { take: may('take-signal'), close: may('close-signal') },
      forms: { take: newForm(), answer: newForm(), close: newForm() },
      seen: await lastEntryOf(door.people.db, signalSubject(signal.key)),
    })
  }

  app.get('/desk/signals/:key', route('answer-signal'), async (request, reply) => {
    const signal = await signalOf(request)
    if (!signal) return refuse(reply, 404, 'There is no such signal', nothing)
    return show(request, reply, signal, untyped, null)
  })

  app.post('/desk/signals/:key/answer', route('answer-signal'), async (request, reply) => {
    const signal = await signalOf(request)
    if (!signal) return refuse(reply, 404, 'There is no such signal', nothing)
    const typed = typedIn(request)
    const role = await roleOf(request, 'answer-signal', signal)
    const { kind, text, name, byWhen } = typed
    const sent = await sendForm(place, request, async (tx) => {
      const given = {
        ...{ signal: signal.key, kind, text, role, givenOn: today() },
        ...(name.trim() === '' ? {} : { name }),
        ...(byWhen === '' ? {} : { byWhen }),
      }
      const by = { today: today(), seen: seenOf(request), person: personOf(request) }
      await tellHolder(tx, newsOf(request, signal, { act: 'answered', role }))
      await answerSignal(tx, given, by)
      return handleHref(signal.key)
    })
    door.posted()
    return answerForm(reply, sent, (fault) => show(request, reply, signal, typed, fault))
  })

  app.post('/desk/signals/:key/take', route('take-signal'), async (request, reply) => {
    const signal = await signalOf(request)
    if (!signal) return refuse(reply, 404, 'There is no such signal', nothing)
    const role = await roleOf(request, 'take-signal', signal)
    const sent = await sendForm(place, request, async (tx) => {
      const by = { role, on: today(), seen: seenOf(request), person: personOf(request) }
      await takeSignal(tx, { signal: signal.key, ...by })
      return handleHref(signal.key)
    })
    return answerForm(reply, sent, (fault) => show(request, reply, signal, untyped, fault))
  })

  app.post('/desk/signals/:key/close', route('close-signal'), async (request, reply) => {
    const signal = await signalOf(request)
    if (!signal) return refuse(reply, 404, 'There is no such signal', nothing)
    const typed = typedIn(request)
    const role = await roleOf(request, 'close-signal', signal)
    const sent = await sendForm(place, request, async (tx) => {
      const { why } = typed
      const by = { role, on: today(), seen: seenOf(request), person: personOf(request) }
      await tellHolder(tx, newsOf(request, signal, { act: 'closed', role }))
      await closeSignal(tx, { signal: signal.key, why, ...by })
      return handleHref(signal.key)
    })
    door.posted()
    return answerForm(reply, sent, (fault) => show(request, reply, signal, typed, fault))
  })
}
