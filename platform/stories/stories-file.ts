import { z } from 'zod'
import type { Service } from '../evidence/indicator.ts'
import { type Standard, standardSchema, storedStandardSchema } from '../standards/standard.ts'
import { storyCodes } from './measures.ts'

/** The file of a catalogue that says who can be called, and what tellers of stories may expect. */
export const storiesFile = 'stories.json'

const helpLineSchema = z.strictObject({
  /** When it is the one to call: "If a life is in danger now". */
  when: z.string().min(5).max(200),
  name: z.string().min(2).max(100),
  /** As it is read aloud: "116 123". */
  number: z.string().regex(/^\+?[0-9][0-9 ]{1,18}$/, 'is no telephone number'),
  /** Where the number is published, so that anybody can check it. */
  source: z.url(),
})
/** Somebody who can be called when a life may be in danger. */
export type HelpLine = z.output<typeof helpLineSchema>

const own = storedStandardSchema.pick({
  ...{ name: true, setBy: true, right: true, checkedBy: true, fewest: true, caveat: true },
  ...{ from: true, to: true, consequence: true, evidence: true, source: true, review: true },
  ...{ steps: true, invented: true },
})

const schema = z.strictObject({
  /** The most urgent first. */
  help: z.array(helpLineSchema).min(1).optional(),
  /** Working days within which a service replies, by the calendar of the area. */
  workingDays: z.int().min(1).max(250).optional(),
  /** That so many of 100 stories are replied to in time: the standard of each service. */
  entitlement: own
    .extend({ atLeast: z.number().min(0).max(100) })
    .strict()
    .optional(),
})
export type StoriesSettings = z.output<typeof schema>
export const storiesSettingsSchema: z.ZodType<StoriesSettings> = schema

/** What everyone who tells a story of this service may expect, as a standard like any other; or none. */
export function replyStandard(
  service: Pick<Service, 'code'>,
  { entitlement }: StoriesSettings,
): Standard | null {
  if (!entitlement) return null
  const { atLeast, ...said } = entitlement
  return standardSchema.parse({
    ...said,
    ...{ code: `stories-reply-${service.code}`, service: service.code, kind: 'entitlement' },
    ...{ indicator: storyCodes(service).inTime, side: 'at least', onDesk: true },
    threshold: { fixed: atLeast },
  })
}
