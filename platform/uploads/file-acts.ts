import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { once, type SentForm, SentOtherwise } from '../people/once.ts'
import { dropDraft } from '../publishing/draft.ts'
import { type Around, finish, type Problem } from './finish.ts'
import { asksHeaderOnly, readHeaderLine } from './header-line.ts'
import { asksPeriodOnly, readPeriod } from './period.ts'
import { wideAnswer } from './steps.ts'
import { type Change, changeUpload } from './store.ts'
import { type Answers, atWork, open, type Upload, type UploadState } from './upload.ts'
import type { UploadsOptions } from './uploads.ts'

/** What came of a form: done, wrong in places, or somebody else was first. */
export type Outcome = 'done' | 'changed-since' | readonly Problem[]

interface Surroundings {
  /** Has work begun on a file that waits for none of us. */
  readonly begin: (upload: Pick<Upload, 'id' | 'bytes'>) => void
  readonly around: (mayNot: Around['mayNot']) => Promise<Around>
}

/** Ends a transaction in which a file turned out to be another than its sender has seen. */
class ChangedSince extends Error {}

/**
 * What people do with a file that was handed in: each act says which version of it its sender has seen, and is
 * done only where it still is that one.
 */
export class FileActs {
  readonly #options: Pick<UploadsOptions, 'db' | 'folder' | 'catalogue'>
  readonly #begin: Surroundings['begin']
  readonly #around: Surroundings['around']

  constructor(
    options: Pick<UploadsOptions, 'db' | 'folder' | 'catalogue'>,
    { begin, around }: Surroundings,
  ) {
    this.#options = options
    this.#begin = begin
    this.#around = around
  }

  /** Keeps what a person answered and, where nothing is wrong with it, has the file checked. */
  async answer(
    upload: Upload,
    version: number,
    answers: Answers,
    mayNot: Around['mayNot'],
  ): Promise<Outcome> {
    if (asksPeriodOnly(upload)) return this.#answerPeriod(upload, version, answers)
    if (asksHeaderOnly(upload)) return this.#answerHeaderLine(upload, version, answers)
    if (upload.draft === null) return 'changed-since'
    const { descriptor, problems } = finish(upload.draft, answers, await this.#around(mayNot))
    const next = descriptor
      ? ({ state: 'checking', descriptor: descriptor.id, service: descriptor.service } as const)
      : ({ state: 'questions' } as const)
    const done = await this.#change(upload, version, ['questions', 'refused', 'ready'], {
      ...next,
      answers,
      finished: descriptor,
      accept: 0,
      sentence: null,
    })
    if (!done) return 'changed-since'
    return descriptor ? 'done' : problems
  }

  /** Keeps when a file of a known kind is of, and has it checked. */
  async #answerPeriod(upload: Upload, version: number, answers: Answers): Promise<Outcome> {
    const kind = this.#options.catalogue().descriptors.find((d) => d.id === upload.descriptor)
    if (!kind) return this.#anew(upload, version)
    const read = readPeriod(kind, upload.fileName, answers)
    if ('problem' in read) return [read.problem]
    const change = { state: 'checking', accept: 0, sentence: null, answers: read.answers } as const
    return this.#changed(upload, version, ['questions', 'refused', 'ready'], change)
  }

  /** Keeps which line names the columns, and reads the file from there. */
  async #answerHeaderLine(upload: Upload, version: number, answers: Answers): Promise<Outcome> {
    const read = readHeaderLine(answers)
    if ('problem' in read) return [read.problem]
    const change = { state: 'reading', sentence: null, answers: read.answers } as const
    return this.#changed(upload, version, ['questions'], change)
  }

  /** Asks once more when a file of a known kind is of. */
  async askPeriod(upload: Upload, version: number): Promise<Outcome> {
    if (!asksPeriodOnly(upload)) return 'changed-since'
    const change = { state: 'questions', sentence: null } as const
    return this.#changed(upload, version, ['refused', 'ready'], change)
  }

  /** Has a file checked once more, without so many refused rows. */
  async check(upload: Upload, version: number, accept: number): Promise<Outcome> {
    const change = { state: 'checking', accept, sentence: null } as const
    return this.#changed(upload, version, ['refused', 'ready'], change)
  }

  /** Goes back to the questions. */
  async reopen(upload: Upload, version: number): Promise<Outcome> {
    const change = { state: 'questions', sentence: null } as const
    if (upload.adopted) return 'changed-since'
    if (upload.draft === null) return this.#anew(upload, version)
    return this.#changed(upload, version, ['refused', 'ready'], change)
  }

  /** The file is not of the kind that was found: its own is drafted. */
  #anew(upload: Upload, version: number): Promise<Outcome> {
    const change = { state: 'reading', descriptor: null, service: null, answers: {} } as const
    const states = ['questions', 'refused', 'ready'] as const
    return this.#changed(upload, version, states, { ...change, sentence: null })
  }

  /** Makes a row of each time of a wide table, and looks at the file anew. */
  async intoRows(upload: Upload, version: number): Promise<Outcome> {
    const change = { state: 'reading', answers: { [wideAnswer]: 'yes' }, sentence: null } as const
    return this.#changed(upload, version, ['questions'], change)
  }

  /**
   * Publishes a file.
   * @param sent the form by which it was asked: sent twice, it publishes once; null where it has no number.
   * @returns `sent-otherwise` where the same form came before, with other words.
   */
  async publish(
    upload: Upload,
    version: number,
    { reason, role }: { reason: string; role: string },
    sent: SentForm | null,
  ): Promise<Outcome | 'sent-otherwise'> {
    const change = { state: 'publishing', reason, role, sentence: null } as const
    if (sent === null) return this.#changed(upload, version, ['ready'], change)
    const when = { version, states: ['ready'] as const }
    try {
      await this.#options.db.transaction((tx) =>
        once(tx, sent, async () => {
          if ((await changeUpload(tx, upload.id, when, change)) === null) throw new ChangedSince()
          return `/publish/${upload.id}`
        }),
      )
    } catch (error) {
      if (error instanceof SentOtherwise) return 'sent-otherwise'
      if (error instanceof ChangedSince) return 'changed-since'
      throw error
    }
    this.#begin(upload)
    return 'done'
  }

  /**
   * Lets go of a file that is not published.
   * @param sentence who did, for whoever handed it in; null where they did it themselves.
   */
  async drop(upload: Upload, version: number, sentence: string | null): Promise<Outcome> {
    const { db, folder } = this.#options
    const done = await changeUpload(
      db,
      upload.id,
      { version, states: open },
      { state: 'dropped', sentence, report: null, preview: null, answers: null, draft: null },
    )
    if (done === null) return 'changed-since'
    if (upload.release !== null) await dropDraft(db, upload.release)
    await rm(join(folder, upload.folder), { recursive: true, force: true })
    return 'done'
  }

  async #changed(
    upload: Upload,
    version: number,
    states: readonly UploadState[],
    change: Change,
  ): Promise<Outcome> {
    return (await this.#change(upload, version, states, change)) ? 'done' : 'changed-since'
  }

  async #change(
    upload: Upload,
    version: number,
    states: readonly UploadState[],
    change: Change,
  ): Promise<boolean> {
    const done = await changeUpload(this.#options.db, upload.id, { version, states }, change)
    if (done === null) return false
    if (change.state !== undefined && atWork.includes(change.state)) this.#begin(upload)
    return true
  }
}
