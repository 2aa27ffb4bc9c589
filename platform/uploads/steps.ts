import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asksPeriod } from '../evidence/period-asked.ts'
import { withoutFlag } from '../publishing/accepting.ts'
import { dropDraft } from '../publishing/draft.ts'
import { findFiles } from '../publishing/find-files.ts'
import { draftReport } from './adopted.ts'
import { headerField, headerLineOf, likelyHeader } from './header-line.ts'
import { firstPeriod, periodOf } from './period.ts'
import { firstAnswers } from './questions.ts'
import { intoRows } from './reshape.ts'
import { type Change, changeUpload, findUpload, lastPublication, publishedIn } from './store.ts'
import { isAtWork, type Upload } from './upload.ts'
import type { UploadsOptions } from './uploads.ts'
import type { OnProgress } from './work.ts'

/** An answer that nobody is asked for: the file's years stand in columns, and are to become rows. */
export const wideAnswer = 'wide'
const wideNote =
  'Its times stood in columns of their own; each was made a row, and nothing else changed.'

/** Who a draft comes from, as far as its release says: no name of a person. */
const by = 'an analyst or a steward'

const ourFault =
  'Something went wrong on our side. Try again; if it goes on, tell whoever runs this.'

/**
 * What is done with a file while nobody is asked: reading, checking, publishing. Each step can be done once
 * more after a process died in it, with the same end.
 */
export class Steps {
  readonly #options: Pick<
    UploadsOptions,
    'db' | 'folder' | 'work' | 'catalogue' | 'onProblem' | 'signal'
  >

  constructor(options: UploadsOptions) {
    this.#options = options
  }

  async go(id: string, progress: OnProgress): Promise<void> {
    for (;;) {
      const upload = await findUpload(this.#options.db, id)
      if (!upload || !isAtWork(upload)) return
      const change = await this.#step(upload, progress).catch((error: unknown): Change | null => {
        if (this.#options.signal.aborted) return null
        this.#options.onProblem(error)
        return { state: this.#back(upload), sentence: ourFault }
      })
      if (change === null) return
      await changeUpload(
        this.#options.db,
        id,
        { version: upload.version, states: [upload.state] },
        change,
      )
      if (change.state === 'published') await this.#remove(upload)
    }
  }

  /** Where a person goes on after a failure of ours. */
  #back({ state, release }: Upload): Upload['state'] {
    if (state === 'reading') return 'unreadable'
    return state === 'publishing' && release !== null ? 'ready' : 'refused'
  }

  #step(upload: Upload, progress: OnProgress): Promise<Change> {
    if (upload.state === 'reading') return this.#read(upload, progress)
    if (upload.state === 'checking') return this.#check(upload, progress)
    return this.#publish(upload, progress)
  }

  #path(upload: Upload): string {
    return join(this.#options.folder, upload.folder, upload.fileName)
  }

  /** Finds the kind of file, or drafts one. */
  async #read(upload: Upload, progress: OnProgress): Promise<Change> {
    const path = this.#path(upload)
    const isWide = upload.answers?.[wideAnswer] === 'yes'
    if (isWide && upload.draft) {
      progress('Making a row of each year')
      await intoRows(path, upload.draft)
    }
    if (upload.answers === null || isWide) {
      progress('Looking what kind of file this is')
      const [found] = await findFiles([path], this.#options.catalogue())
      const descriptor = found?.match?.descriptor
      if (descriptor) {
        const { id, service } = descriptor
        const kind = { descriptor: id, service, sentence: null } as const
        if (!asksPeriod(descriptor)) return { ...kind, state: 'checking' }
        return { ...kind, state: 'questions', answers: firstPeriod(descriptor, upload.fileName) }
      }
    }
    progress('Reading its columns')
    const line = headerLineOf(upload)
    const { outcome, draft, said } = await this.#options.work.describe(path, line, progress)
    if (outcome !== 'done' || draft === null) return this.#unread(path, line, said)
    const notes = isWide ? [...draft.notes, wideNote] : draft.notes
    return {
      state: 'questions',
      draft: { ...draft, notes },
      answers: firstAnswers(draft),
      sentence: null,
    }
  }

  /** A file that cannot be read from the line that was tried may be from another. */
  async #unread(path: string, tried: number | null, said: string): Promise<Change> {
    // What is wrong with the file has been said already.
    const likely = await likelyHeader(path, tried).catch(() => null)
    if (likely === null) return { state: 'unreadable', sentence: said }
    const sentence =
      tried === null ? null : `Read from line ${tried}, it is no table with a name for each column.`
    return { state: 'questions', answers: { [headerField]: String(likely) }, sentence }
  }

  /** Reads the file into a draft, and works out what it would change. */
  async #check(upload: Upload, progress: OnProgress): Promise<Change> {
    if (upload.adopted) return this.#look(upload, progress)
    const { db, work } = this.#options
    if (upload.release !== null) await dropDraft(db, upload.release)
    const catalogue = await this.#ownCatalogue(upload)
    const nothing = { state: 'refused', release: null, preview: null } as const
    progress('Checking every row')
    const { accept, descriptor } = upload
    const to = { descriptor: descriptor ?? '', accept, period: periodOf(upload), by, catalogue }
    const checked = await work.check({ path: this.#path(upload), ...to }, progress)
    if (checked.outcome === 'failed') throw new Error(checked.said)
    const { report } = checked
    if (checked.outcome !== 'done' || report?.outcome !== 'draft' || report.release === null) {
      const sentence = report?.sentence ?? (report === null ? checked.said : null)
      return { ...nothing, report, sentence: sentence && withoutFlag(sentence) }
    }
    const { release } = report
    progress('Working out what would change')
    const { outcome, preview, said } = await work.preview({ release, catalogue }, progress)
    if (outcome === 'failed') throw new Error(said)
    if (preview === null) {
      await dropDraft(db, release)
      return { ...nothing, report, sentence: said }
    }
    return { state: 'ready', report, release, preview }
  }

  /** Works out what a draft would change that came another way: it was checked when it came. */
  async #look({ release }: Upload, progress: OnProgress): Promise<Change> {
    const { db, work } = this.#options
    const before = release === null ? null : await publishedIn(db, release)
    if (before !== null) return { state: 'published', publication: before, sentence: null }
    const report = release === null ? null : await draftReport(db, release)
    if (release === null || report === null) {
      return { state: 'refused', release: null, preview: null, sentence: draftGone }
    }
    progress('Working out what would change')
    const { outcome, preview, said } = await work.preview({ release, catalogue: null }, progress)
    if (outcome === 'failed') throw new Error(said)
    if (preview === null) return { state: 'refused', report, preview: null, sentence: said }
    return { state: 'ready', report, preview }
  }

  /** A catalogue of the file's own, where its kind is new; null where it is known. */
  async #ownCatalogue({ finished, folder }: Upload): Promise<string | null> {
    const known = this.#options.catalogue().descriptors
    if (finished === null || known.some((d) => d.id === finished.id)) return null
    const own = join(this.#options.folder, folder, 'catalogue')
    await rm(own, { recursive: true, force: true })
    await mkdir(join(own, 'sources'), { recursive: true })
    await writeFile(join(own, 'sources', `${finished.id}.json`), JSON.stringify(finished))
    return own
  }

  async #publish(upload: Upload, progress: OnProgress): Promise<Change> {
    const { db, work } = this.#options
    const { release, preview, finished, role, reason } = upload
    if (release === null || preview === null) return { state: 'checking' }
    const before = await publishedIn(db, release)
    if (before !== null) return { state: 'published', publication: before }
    if ((await lastPublication(db)) !== preview.after) return elsewhere
    if (finished && !(await work.keep(finished))) {
      const sentence =
        'Meanwhile another kind of file has been given this title. Give this one a title of its own.'
      return { state: 'questions', sentence }
    }
    progress('Publishing')
    const who = role === 'analyst' ? 'an analyst' : 'a steward'
    const to = { release, after: preview.after, by: who, role: role ?? 'steward' }
    const did = await work.publish({ ...to, reason: reason ?? '' }, progress)
    const publication = await publishedIn(db, release)
    if (publication !== null) return { state: 'published', publication, sentence: null }
    if (finished) await work.unkeep(finished)
    if ((await lastPublication(db)) !== preview.after) return elsewhere
    if (did.outcome === 'failed') throw new Error(did.said)
    const left = upload.adopted ? release : null
    return { state: 'refused', release: left, preview: null, sentence: did.said }
  }

  async #remove({ folder }: Upload): Promise<void> {
    await rm(join(this.#options.folder, folder), { recursive: true, force: true })
  }
}

const draftGone = 'This draft is there no longer: a later one of the same file has taken its place.'

/** What was published since the preview may change what this file does: it is worked out anew. */
const elsewhere: Change = {
  state: 'checking',
  sentence:
    'Something else was published meanwhile, so this was worked out anew. Look at it again, then publish.',
}
