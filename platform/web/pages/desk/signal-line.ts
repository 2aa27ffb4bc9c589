import type { Answer } from '../../../desk/answer.ts'
import { type Signal, standingOf } from '../../../desk/store.ts'
import * as words from '../../words.ts'
import { type PageContext, subjectHref } from '../context.ts'
import type { Said } from '../said/beside.ts'
import { actLine, handleHref } from './handling.ts'
import { planEffect } from './plan-effect.ts'
import {
  aboutWords,
  answerWords,
  ruleWords,
  seenSentence,
  toneOf,
  whyHref,
} from './signal-words.ts'

async function answerLine(signal: Signal, answer: Answer, context: PageContext) {
  const by = answer.name === null ? answer.role : `${answer.name}, ${answer.role}`
  const indicator = answer.indicator === null ? null : context.indicators.get(answer.indicator)
  return {
    what: answerWords[answer.kind],
    text: answer.text,
    said: `${words.sentenceCase(by)}, ${words.date(answer.givenOn)}`,
    due: answer.byWhen === null ? '' : words.date(answer.byWhen),
    indicator: indicator?.name ?? '',
    effect: answer.kind === 'plan' ? await planEffect(signal, answer, context) : null,
  }
}

export type SignalLine = Awaited<ReturnType<typeof signalLine>>

/** A signal as a page shows it: what, who, why, what was answered, and who looks after it. */
export async function signalLine(signal: Signal, context: PageContext, said: Said) {
  const { subject, standard, service } = signal
  const about =
    standard !== null
      ? { text: standard.name, href: `/standards/${standard.code}` }
      : signal.indicator !== null
        ? { text: signal.indicator.name, href: `/indicators/${signal.indicator.code}` }
        : {
            text: aboutWords(signal),
            href: `/releases?dataset=${encodeURIComponent(signal.about)}`,
          }
  return {
    key: signal.key,
    heading: ruleWords[signal.rule],
    ...toneOf(signal.kind),
    who: subject && { text: subject.name, href: subjectHref(subject) },
    about,
    setBy: standard?.setBy ?? '',
    service: service === null ? '' : (context.reader.service(service)?.name ?? ''),
    sentence: seenSentence(signal),
    why: whyHref(signal),
    firstSeen: words.date(signal.firstSeen === '' ? null : signal.firstSeen),
    record: `/record?subject=${encodeURIComponent(`signal:${signal.key}`)}`,
    handle: handleHref(signal.key),
    standing: standingOf(signal),
    acts: signal.acts.map(actLine),
    beside:
      subject?.kind === 'provider'
        ? said.beside({ provider: subject.code, kind: 'signal', about: signal.key }, subject.name)
        : null,
    answers: await Promise.all(signal.answers.map((a) => answerLine(signal, a, context))),
  }
}
