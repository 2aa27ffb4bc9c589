import { z } from 'zod'
import { read, typed } from '../replies/said.ts'

/** The codes of a list of choices, in its order. */
const codesOf = <Code extends string>(all: Readonly<Record<Code, string>>): [Code, ...Code[]] =>
  Object.keys(all) as [Code, ...Code[]]

/** Several of the choices, each once. */
const someOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.array(z.enum(codes, 'is none of those')).transform((some) => [...new Set(some)])

/** How a story felt to its teller; several may fit. */
export const feelings = {
  grateful: 'grateful',
  'listened-to': 'listened to',
  safe: 'safe',
  hopeful: 'hopeful',
  worried: 'worried',
  ignored: 'ignored',
  confused: 'confused',
  upset: 'upset',
  angry: 'angry',
} as const
export type Feeling = keyof typeof feelings
export const feelingCodes = codesOf(feelings)

/** Who tells it. */
export const tellers = {
  self: 'somebody who used it',
  family: 'a relative or friend of somebody who used it',
  carer: 'a carer of somebody who used it',
  other: 'somebody else',
} as const
export type Teller = keyof typeof tellers
const tellerCodes = codesOf(tellers)

/** What a story is about, as the moderator who publishes it says. */
export const themes = {
  staff: 'how staff were',
  information: 'being told what happens',
  waiting: 'waiting',
  access: 'getting there and getting in',
  result: 'what came of it',
  safety: 'safety',
  dignity: 'respect and privacy',
  place: 'the building and its surroundings',
} as const
export type Theme = keyof typeof themes
export const themeCodes = codesOf(themes)

/** The published rules: by one of these alone a story is returned to its teller, or not shown. */
export const moderationRules = {
  person: 'It names somebody, or lets people find out who they are.',
  harm: 'It threatens, insults or humiliates somebody.',
  law: 'It accuses a person of a crime, or is before a court.',
  other: 'It is not about this service, or its teller had no part in it.',
  advert: 'It advertises something, or the service wrote it itself.',
  twice: 'The same story has been told before.',
} as const
export type ModerationRule = keyof typeof moderationRules
/** The published rules of what counts as a reply: how long it is does not matter. */
export const replyRules = {
  answers:
    'It answers this story: it speaks of what happened, of a question, or of what could be better.',
  apology: 'An apology or thanks alone answers nothing where something went wrong or was asked.',
  moderator:
    'It counts unless a moderator says, with a reason that everybody can read, that it does not answer the story.',
  after:
    'It then stays where it is, and counts neither as a reply nor as one in time. The service can reply again; what counts is the day of the first reply that answers.',
  back: 'A moderator can take that back, also with a reason. The reply then counts from its own day.',
} as const

const ruleCodes = codesOf(moderationRules)

/** What a story says, in its teller's words. */
export interface StoryWords {
  readonly happened: string
  readonly good: string
  readonly better: string
}

/** The words of a story. Unlike a reply it may be short: "Nobody called back." */
export const storyWordsSchema = z.strictObject({
  happened: typed(10, 4000),
  good: typed(0, 2000),
  better: typed(0, 2000),
})

export const calledWords = {
  happened: 'What happened',
  good: 'What was good',
  better: 'What could be better',
} as const

/** @throws Unsaid with the field that is wrong. */
export const readWords = (request: unknown): StoryWords =>
  read(storyWordsSchema, request, calledWords)

/** A month that is over or under way. */
const monthSchema = z
  .string()
  .regex(/^(|20\d\d-(0[1-9]|1[0-2]))$/, 'is no month such as 2026-11')
  .refine((m) => m <= new Date().toISOString().slice(0, 7), 'lies in the future')

export const aboutSchema = z.strictObject({
  feelings: someOf(feelingCodes),
  teller: z.enum(tellerCodes, 'is missing: choose one of them'),
  month: monthSchema,
})
export type StoryAbout = z.output<typeof aboutSchema>

/** @throws Unsaid. */
export const readAbout = (request: unknown): StoryAbout =>
  read(aboutSchema, request, { feelings: 'How it felt', teller: 'Who you are', month: 'When' })

export const ruleSchema = z.enum(ruleCodes, 'is missing: choose the one that it breaks')
export const themesSchema = someOf(themeCodes).refine(
  (some) => some.length > 0,
  'is missing: choose what it is about',
)
export const gravitySchema = z.coerce
  .number('is missing: choose how serious it is')
  .int('is no whole number')
  .min(0, 'is below 0')
  .max(5, 'is above 5')

/** How serious a story is by its gravest sentence. For moderators alone; it sets what is urgent. */
export const gravityWords = [
  'nothing to put right',
  'a small thing',
  'something went wrong, without harm',
  'somebody was harmed for a while, or could have been',
  'somebody was harmed for long',
  'somebody was in danger of their life, or is',
] as const

/** What a story is on the record: all that was done with it. */
export const storySubject = (id: number): string => `story:${id}`
