import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { lastEntryOf } from '../../../record/append-after.ts'
import { type CorrectingRelease, correctingReleases } from '../../../replies/correcting.ts'
import { answerCorrection, askCorrection, correctionSubject } from '../../../replies/correction.ts'
import { dueOf } from '../../../replies/deadline.ts'
import { type KnownMatter, knownMatter } from '../../../replies/matter.ts'
import type { Correction } from '../../../replies/store.ts'
import { type ToldCorrection, tellWhoAnswers, tellWhoAsked } from '../../../replies/tell.ts'
import { field } from '../../forms.ts'
import { matterOf, partOf, providerThing } from '../../matter-address.ts'
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
import * as words from '../../words.ts'
import { leadOf } from '../reply/reply.ts'
import { formHref, signature } from '../said/beside.ts'
import { matterHref, matterWords } from '../said/matter-words.ts'

const nothing = 'Nothing of this kind is said of it now, so there is nothing to correct.'

/** Whoever works for a provider asks for a correction; analysts and stewards answer. */
export function addCorrections(app: FastifyInstance, place: FormPlace): void {
  addAsking(app, place)
  addAnswering(app, place)
}

interface Asked {
  readonly wrong: string
  readonly rightIs: string
  readonly evidence: string
  readonly isPrivate: boolean
}

function addAsking(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const route = { config: { act: 'ask-correction', thing: providerThing(place) } } as const
  const found = async (request: FastifyRequest): Promise<KnownMatter | null> => {
    const matter = matterOf(request)
    return matter && knownMatter(reader, await reader.state(), matter)
  }
  const form = (reply: FastifyReply, matter: KnownMatter, typed: Asked, fault: Fault | null) => {
    const title = 'Ask for a correction'
    const { rule } = reader.replies.clock
    return page(reply, 'pages/correction/ask', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      fault,
      typed,
      provider: matter.providerName,
      about: matterWords(matter),
      back: matterHref(matter),
      action: formHref(matter, 'correct'),
      days: rule.amount,
      due: words.date(dueOf(reader.replies.clock, today()).due),
      form: newForm(),
      seen: 0,
    })
  }

  app.get('/providers/:code/correct/:kind/:about', route, async (request, reply) => {
    const matter = await found(request)
    if (!matter) return refuse(reply, 404, 'There is nothing to correct', nothing)
    return form(reply, matter, { wrong: '', rightIs: '', evidence: '', isPrivate: false }, null)
  })

  app.post('/providers/:code/correct/:kind/:about', route, async (request, reply) => {
    const matter = await found(request)
    if (!matter) return refuse(reply, 404, 'There is nothing to correct', nothing)
    const typed = {
      wrong: field(request, 'wrong'),
      rightIs: field(request, 'rightIs'),
      evidence: field(request, 'evidence'),
      isPrivate: field(request, 'isPrivate') === 'yes',
    }
    const { grant } = allowed(request.viewer, 'ask-correction', { provider: matter.provider })
    const role = grant?.role === 'lead' ? leadOf(place, matter) : 'professional'
    const { clock } = reader.replies
    const told = {
      about: matterWords(matter),
      provider: matter.providerName,
      home: homeForLetters(request, door),
      by: signature(role, matter.providerName),
      due: words.date(dueOf(clock, today()).due),
      isPrivate: typed.isPrivate,
    }
    const about = await thingOf(reader, await reader.state(), matter.provider)
    const sent = await sendForm(place, request, async (tx) => {
      const asked = { ...typed, role, askedOn: today() }
      const asker = personOf(request)
      const id = await askCorrection(tx, matter, asked, clock, asker)
      await tellWhoAnswers(tx, { id, ...told }, about ?? { provider: matter.provider }, asker)
      return `/corrections/${id}`
    })
    door.posted()
    return answerForm(reply, sent, (fault) => form(reply, matter, typed, fault))
  })
}

interface Answered {
  readonly outcome: string
  readonly release: string
  readonly why: string
}

const releaseChoice = ({ id, title, period, publishedAt }: CorrectingRelease) => ({
  value: String(id),
  text: `Release ${id}: ${title}, ${words.period(period)}, published on ${words.date(publishedAt)}`,
})

function addAnswering(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const found = async (request: FastifyRequest): Promise<Correction | null> => {
    const number = partOf(request, 'number')
    const all = await reader.replies.corrections(await reader.state())
    return all.find((c) => String(c.id) === number) ?? null
  }
  const thing = async (request: FastifyRequest) => {
    const asked = await found(request)
    // Whoever is listed no more lies nowhere: those whose role reaches everything answer for them.
    return asked && ((await thingOf(reader, await reader.state(), asked.provider)) ?? {})
  }
  const route = { config: { act: 'answer-correction', thing } } as const

  async function form(
    reply: FastifyReply,
    asked: Correction,
    typed: Answered,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const title = 'Answer a request for a correction'
    const state = await reader.state()
    const matter = await knownMatter(reader, state, asked)
    const subject = await reader.subject(state, asked.provider)
    return page(reply, 'pages/correction/answer', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      fault,
      typed,
      number: asked.id,
      provider: subject?.name ?? asked.provider,
      about: matter ? matterWords(matter) : '',
      back: matterHref(asked),
      words: asked.words ?? (await reader.replies.privateWords(asked.id)),
      isPrivate: asked.isPrivate,
      due: words.date(asked.due),
      releases: (await correctingReleases(door.people.db, asked.id)).map(releaseChoice),
      action: `/corrections/${asked.id}/answer`,
      form: newForm(),
      seen: await lastEntryOf(door.people.db, correctionSubject(asked.id)),
    })
  }
  const unknown = 'There is no request for a correction with this number.'

  /** How a letter names a request. */
  async function toldOf(request: FastifyRequest, asked: Correction): Promise<ToldCorrection> {
    const state = await reader.state()
    const matter = await knownMatter(reader, state, asked)
    return {
      id: asked.id,
      about: matter ? matterWords({ ...matter, period: asked.period }) : 'what is said',
      provider: (await reader.subject(state, asked.provider))?.name ?? asked.provider,
      home: homeForLetters(request, door),
    }
  }

  app.get('/corrections/:number/answer', route, async (request, reply) => {
    const asked = await found(request)
    if (!asked) return refuse(reply, 404, 'There is no such request', unknown)
    if (asked.answer) return reply.redirect(`/corrections/${asked.id}`, 303)
    return form(reply, asked, { outcome: '', release: '', why: '' }, null)
  })

  app.post('/corrections/:number/answer', route, async (request, reply) => {
    const asked = await found(request)
    if (!asked) return refuse(reply, 404, 'There is no such request', unknown)
    const typed = {
      outcome: field(request, 'outcome'),
      release: field(request, 'release').trim(),
      why: field(request, 'why'),
    }
    const about = await thingOf(reader, await reader.state(), asked.provider)
    const { grant } = allowed(request.viewer, 'answer-correction', about ?? {})
    const told = await toldOf(request, asked)
    const sent = await sendForm(place, request, async (tx) => {
      const { outcome, why } = typed
      const given = { outcome, why, role: grant?.role ?? 'steward', on: today() }
      const answer = outcome === 'accepted' ? { ...given, release: typed.release } : given
      await answerCorrection(tx, asked.id, answer, seenOf(request), personOf(request))
      const become = outcome === 'accepted' ? 'accepted' : 'refused'
      await tellWhoAsked(tx, told, become, personOf(request))
      return `/corrections/${asked.id}`
    })
    door.posted()
    return answerForm(reply, sent, (fault) => form(reply, asked, typed, fault))
  })
}
