import type { FastifyInstance, FastifyReply } from 'fastify'
import { lastEntryOf } from '../../../record/append-after.ts'
import {
  countingOrder,
  countingSubject,
  lastCounted,
  orderCounting,
  type Rhythm,
  rhythms,
} from '../../../stories/counting.ts'
import { field } from '../../forms.ts'
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

const route = { config: { act: 'order-counting' } } as const

const rhythmWords: Readonly<Record<Rhythm, string>> = {
  day: 'Each day',
  month: 'Each month, on its first day',
  never: 'Not by themselves',
}

/** Where a steward says how often the figures of stories are published by themselves. */
export function addCounting(app: FastifyInstance, place: FormPlace): void {
  const { door, page } = place
  const { db } = door.people

  async function form(
    reply: FastifyReply,
    typed: { readonly every: string; readonly why: string } | null,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const [order, last] = [await countingOrder(db), await lastCounted(db)]
    const every = typed?.every ?? order?.every ?? ''
    const title = 'How often the figures of stories are published'
    return page(reply, 'pages/stories/counting', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, form: newForm(), why: typed?.why ?? '' },
      seen: await lastEntryOf(db, countingSubject),
      order:
        order &&
        `${rhythmWords[order.every]}: so ordered by a ${order.role} on ${words.date(order.on)}.`,
      last: last && {
        sentence: `They were counted by this order last on ${words.date(last.on)}.`,
        publication: last.publication,
      },
      choices: rhythms.map((r) => ({ value: r, text: rhythmWords[r], checked: r === every })),
    })
  }

  app.get('/stories/counting', route, (_, reply) => form(reply, null, null))

  app.post('/stories/counting', route, async (request, reply) => {
    const typed = { every: field(request, 'every'), why: field(request, 'why') }
    const sent = await sendForm(place, request, async (tx) => {
      const order = { ...typed, role: 'steward', on: today() }
      await orderCounting(tx, order, seenOf(request), personOf(request))
      return '/stories/counting'
    })
    return answerForm(reply, sent, (fault) => form(reply, typed, fault))
  })
}
