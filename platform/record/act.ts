import type { Json } from '@plumbline/record'

/** What is put on the record. */
export const actKinds = [
  'release-published',
  'release-superseded',
  'release-withdrawn',
  'standard-adopted',
  'standard-changed',
  'standard-ended',
  'judgements-changed',
  'signal-answered',
  'signal-taken',
  'signal-closed',
  'reply-given',
  'reply-withdrawn',
  'correction-asked',
  'correction-answered',
  'story-told',
  'story-returned',
  'story-reworded',
  'story-published',
  'story-hidden',
  'story-appealed',
  'story-withdrawn',
  'story-replied',
  'story-claim-read',
  'story-change-made',
  'story-change-dropped',
  'story-helped',
  'story-due-moved',
  'story-reply-set-aside',
  'story-reply-restored',
  'story-counting-ordered',
  'survey-opened',
  'survey-ended',
  'survey-invited',
  'survey-counted',
  'survey-results-ordered',
  'survey-after-appointments',
  'survey-after-stopped',
  'survey-read',
  'role-granted',
  'role-revoked',
  'account-shut',
  'account-opened',
  'part-erased',
  'key-used',
] as const
export type ActKind = (typeof actKinds)[number]

/** An act, as whoever carries it out puts it on the record. */
export interface RecordedAct {
  readonly act: ActKind
  /** Who, by their public role. A name goes among what is personal. */
  readonly role: string
  /** To what, such as `release:12`: a kind and a code. */
  readonly subject: string
  /** Null where the reason is among what is personal. */
  readonly why: string | null
  /** Under which rule, as a sentence that can be read without this program. */
  readonly rule: string
  readonly details: Readonly<Record<string, Json>>
  /** What may have to be erased, by name: the entry holds salted hashes of it. */
  readonly personal?: Readonly<Record<string, string>>
  /** The number of the person who did it, where one did: kept beside the record, and never on it. */
  readonly person?: string | null
}
