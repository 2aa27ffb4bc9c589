import { isRefused } from '@plumbline/clocks'
import { correctionSubject } from '../../../replies/correction.ts'
import { explainDue } from '../../../replies/deadline.ts'
import { knownMatter } from '../../../replies/matter.ts'
import { isLate } from '../../../replies/store.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { dayOf } from '../desk/desk.ts'
import { onTheRecord } from '../record/on-the-record.ts'
import { correctionSentence, signature } from '../said/beside.ts'
import { matterHref, matterWords } from '../said/matter-words.ts'

/** One request for a correction: what was asked, by when it is answered and how that was worked out, the answer. */
export async function correctionPage(id: number, context: PageContext): Promise<Page | null> {
  const { reader, state } = context
  const all = await reader.replies.corrections(state)
  const found = all.find((c) => c.id === id)
  if (!found) return null
  const matter = await knownMatter(reader, state, found)
  const subject = await reader.subject(state, found.provider)
  const clock = await reader.replies.clockOf(id)
  const explained = clock && explainDue(clock, found.askedOn)
  const deadline = explained && !isRefused(explained) ? explained : null
  const name = subject?.name ?? found.provider
  const late = isLate(found, dayOf(context))
  return {
    view: 'pages/correction/correction',
    data: { ...found, late, deadline: deadline && deadline.lines },
    values: {
      title: `Correction ${id}: ${name}`,
      name,
      lead: correctionSentence(found, false),
      late: late ? `It is late: the time to answer ended on ${words.date(found.due)}.` : '',
      asked: `${words.sentenceCase(signature(found.role, name))} asked for it.`,
      about: matter ? matterWords({ ...matter, period: found.period }) : '',
      back: matterHref(found),
      isPrivate: found.isPrivate,
      words: found.words,
      answer: found.answer && {
        release: found.answer.release,
        why: found.answer.why,
        whyErased: found.answer.whyErased === true,
        by: `Answered by the ${found.answer.role} on ${words.date(found.answer.on)}.`,
      },
      deadline: deadline && {
        sentences: deadline.sentences,
        lines: deadline.lines.map((l) => l.words),
      },
      answerHref: found.answer ? null : `/corrections/${id}/answer`,
      recorded: await onTheRecord(correctionSubject(id), context),
      json: `${context.path}.json`,
      crumbs: [
        { text: 'Corrections', href: '/corrections' },
        { text: name, href: `/providers/${encodeURIComponent(found.provider)}` },
      ],
    },
  }
}
