import type { JobCount, JobFailure } from '../../../jobs/store.ts'
import * as words from '../../words.ts'

const kinds: Readonly<Record<string, string>> = {
  'send-letter': 'Send a letter',
  'send-digest': 'Send a letter of news',
  forgetting: 'Forget what is personal and no longer needed',
  'record-signing': 'Sign the public record where it has grown',
  'tell-subscribers': 'Write to those who follow pages',
  'late-data': 'Notice figures that are late',
  'part-removal': 'Remove files that were begun and never finished',
  'story-counts': 'Count the stories and publish their figures, where that is ordered',
  'story-calendar': 'Move the days by which replies are due, where a holiday has become known',
  'story-moved': 'Tell whoever told a story that the reply is due later',
  'publication-made': 'Tell of a publication',
  'webhook-delivery': 'Deliver a message to a webhook',
  'webhook-retention': 'Let go of old messages to webhooks',
}

/** What jobs of a kind do; a kind of a later version of the program is called by its own word. */
export const kindText = (kind: string): string =>
  kinds[kind] ?? words.sentenceCase(kind.replaceAll('-', ' '))

const jobs = (n: number): string => `${words.number(n, 0)} ${n === 1 ? 'job' : 'jobs'}`

/** "3 jobs are waiting; 1 job was given up this week." */
export function jobsLead(counts: readonly JobCount[]): string {
  const sum = (of: (c: JobCount) => number): number => counts.reduce((n, c) => n + of(c), 0)
  const waiting = sum((c) => c.waiting + c.retrying + c.active)
  const failed = sum((c) => c.failed)
  const left =
    waiting === 0
      ? 'Nothing is waiting'
      : `${jobs(waiting)} ${waiting === 1 ? 'is' : 'are'} waiting`
  const given =
    failed === 0
      ? 'nothing was given up this week'
      : `${jobs(failed)} ${failed === 1 ? 'was' : 'were'} given up this week`
  return `${left}; ${given}.`
}

/** "Deliver a message to a webhook: Webhook 2: It answered 500. To be tried again, after 3 tries." */
export function failureText({ kind, state, tries, sentence }: JobFailure): string {
  const n = tries === 1 ? '1 try' : `${words.number(tries, 0)} tries`
  const next = state === 'failed' ? 'Given up' : 'To be tried again'
  return `${kindText(kind)}: ${sentence} ${next}, after ${n}.`
}
