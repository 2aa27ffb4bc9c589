import { type Correction, isLate } from '../../../replies/store.ts'
import * as words from '../../words.ts'
import { type Page, type PageContext, paging } from '../context.ts'
import { dayOf } from '../desk/desk.ts'
import { correctionSentence } from '../said/beside.ts'

export interface CorrectionsQuery {
  readonly page: number
  readonly search: URLSearchParams
}

const onPage = 25

/** "5 corrections have been asked for: 2 accepted, 1 refused and 2 waiting, 1 of them late." */
export function correctionsLead(all: readonly Correction[], day: string): string {
  if (all.length === 0) return 'Nobody has asked for a correction yet.'
  const count = (outcome: 'accepted' | 'refused' | null): number =>
    all.filter((c) => (c.answer?.outcome ?? null) === outcome).length
  const waiting = count(null)
  const late = all.filter((c) => isLate(c, day)).length
  const parts = [
    ...(count('accepted') > 0 ? [`${words.number(count('accepted'), 0)} accepted`] : []),
    ...(count('refused') > 0 ? [`${words.number(count('refused'), 0)} refused`] : []),
    ...(waiting > 0 ? [`${words.number(waiting, 0)} waiting`] : []),
  ]
  const n =
    all.length === 1
      ? '1 correction has been asked for'
      : `${words.number(all.length, 0)} corrections have been asked for`
  const rest = late === 0 ? '' : `, ${words.number(late, 0)} of them late`
  return `${n}: ${words.list(parts)}${rest}.`
}

/** All requests for a correction, the newest first, with what became of each. */
export async function correctionsPage(q: CorrectionsQuery, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const all = await reader.replies.corrections(state)
  const shown = all.slice((q.page - 1) * onPage, q.page * onPage)
  const day = dayOf(context)
  const rows = await Promise.all(
    shown.map(async (c) => ({
      href: `/corrections/${c.id}`,
      name: (await reader.subject(state, c.provider))?.name ?? c.provider,
      sentence: correctionSentence(c),
      late: isLate(c, day),
    })),
  )
  const { rule, calendar } = reader.replies.clock
  const lead = correctionsLead(all, day)
  return {
    view: 'pages/correction/corrections',
    data: {
      sentence: lead,
      total: all.length,
      page: q.page,
      corrections: shown.map((c) => ({ ...c, late: isLate(c, day) })),
    },
    values: {
      title: 'Corrections that were asked for',
      lead,
      rows,
      rule: `Each is to be answered within ${rule.amount} working days. Working days: ${calendar.title}.`,
      paging: paging(context.path, q.search, q.page, Math.ceil(all.length / onPage)),
      json: `${context.path}.json`,
    },
  }
}
