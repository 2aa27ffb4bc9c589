import { z } from 'zod'
import type { Descriptor } from '../evidence/descriptor.ts'
import { previewSchema } from '../publishing/preview.ts'
import { reportFile } from '../publishing/report-shape.ts'

/** How far a file has come. Those that end in "ing" are at work, and go on after a restart. */
export const uploadStates = [
  'reading',
  'unreadable',
  'questions',
  'checking',
  'refused',
  'ready',
  'publishing',
  'published',
  'dropped',
] as const
export type UploadState = (typeof uploadStates)[number]

export const atWork: readonly UploadState[] = ['reading', 'checking', 'publishing']
export const open: readonly UploadState[] = ['questions', 'refused', 'ready', 'unreadable']
/** Whether a person is to go on with a file: then it can be dropped too. */
export const isOpen = ({ state }: Pick<Upload, 'state'>): boolean => open.includes(state)

/** What a person answered, by the name of the question. */
export const answersSchema = z.record(z.string(), z.string())
export type Answers = Readonly<Record<string, string>>

export const uploadReport = reportFile
export type UploadReport = z.infer<typeof uploadReport>
export const uploadPreview = previewSchema

/** A file that somebody handed in. */
export interface Upload {
  readonly id: string
  readonly person: string | null
  /** What others call them; null once they have deleted their account. */
  readonly pseudonym: string | null
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  /** Where it lies, within the folder of all uploads. */
  readonly folder: string
  readonly state: UploadState
  readonly version: number
  /** The kind of file, where it is known or finished. */
  readonly descriptor: string | null
  readonly service: string | null
  readonly draft: Descriptor | null
  readonly answers: Answers | null
  /** The new kind of file; null where it is one of the catalogue. */
  readonly finished: Descriptor | null
  readonly accept: number
  readonly report: UploadReport | null
  readonly preview: z.infer<typeof previewSchema> | null
  readonly release: number | null
  /** A draft that came another way: it has no file here. */
  readonly adopted: boolean
  readonly publication: number | null
  readonly sentence: string | null
  readonly reason: string | null
  readonly role: string | null
  readonly madeAt: string
  readonly changedAt: string
}

export const isAtWork = ({ state }: Pick<Upload, 'state'>): boolean => atWork.includes(state)
