import { z } from 'zod'
import type { JobKind } from '../jobs/kind.ts'

/** Which letter: its number says nothing of whom it is to. */
const data = z.object({ letter: z.uuid() })

/** Tried soon again, then each hour, for longer than any letter is of use. */
const tries = { retries: 400, wait: 5, longestWait: 3600, patience: 150 } as const

/** A letter that somebody waits for. */
export const sendLetter: JobKind<{ letter: string }> = { name: 'send-letter', data, ...tries }

/** One of many that are sent together: letters that somebody waits for never stand behind it. */
export const sendDigest: JobKind<{ letter: string }> = { name: 'send-digest', data, ...tries }
