import type { Descriptor } from '../evidence/descriptor.ts'
import type { Preview } from '../publishing/preview.ts'
import type { UploadReport } from './upload.ts'

/** How a piece of work ended, and what it said was wrong. */
export interface Did {
  readonly outcome: 'done' | 'refused' | 'failed'
  readonly said: string
}

export type OnProgress = (words: string) => void

/** What is to be read into a draft. */
export interface ToCheck {
  readonly path: string
  readonly descriptor: string
  readonly accept: number
  /** When it is of, where files of its kind do not say it; null where they do. */
  readonly period: string | null
  readonly by: string
  /** A folder whose catalogue is read beside the others; null where the kind of file is known. */
  readonly catalogue: string | null
}

export interface ToPublish {
  readonly release: number
  /** The last publication that whoever publishes has seen. */
  readonly after: number
  readonly by: string
  readonly role: string
  readonly reason: string
}

/** The verbs of the command line, which do all that is done with a file: there is no other way in. */
export interface UploadWork {
  /** @param headerLine the line that names the columns; null for the first. */
  describe(
    path: string,
    headerLine: number | null,
    progress: OnProgress,
  ): Promise<Did & { draft: Descriptor | null }>
  check(to: ToCheck, progress: OnProgress): Promise<Did & { report: UploadReport | null }>
  preview(
    to: Pick<ToCheck, 'catalogue'> & { readonly release: number },
    progress: OnProgress,
  ): Promise<Did & { preview: Preview | null }>
  publish(to: ToPublish, progress: OnProgress): Promise<Did>
  withdraw(to: { release: number; by: string; reason: string }, progress: OnProgress): Promise<Did>
  /** Puts a new kind of file into the operator's catalogue; false where another has its name. */
  keep(descriptor: Descriptor): Promise<boolean>
  /** Takes it out again, where nothing could be published by it. */
  unkeep(descriptor: Descriptor): Promise<void>
}
