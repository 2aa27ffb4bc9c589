import { basename } from 'node:path'
import type { Database } from '../database/database.ts'
import { chooseShown } from '../disclosure/choose.ts'
import { earlierOf, tiedBefore } from '../disclosure/earlier.ts'
import type { FigurePart } from '../disclosure/figure-part.ts'
import { indicatorsBefore } from '../disclosure/renamed.ts'
import { inventedSecret, knownSecret } from '../disclosure/rounding-secret.ts'
import { UnsafeRelease } from '../disclosure/unsafe-release.ts'
import type { Series } from '../evidence/columns.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { ReadResult, Sink } from '../evidence/reading.ts'
import type { Subjects } from '../evidence/subjects.ts'
import { slotOf, withParents } from './draft.ts'
import type { ImportedFile } from './imported.ts'
import { isReal } from './invented.ts'
import { type Described, describedBy, type Listing, listingsOf } from './listings.ts'

/** What disclosure control would make of a file: counts alone. */
export interface Tried {
  /** Whether it could be published. */
  readonly safe: boolean
  readonly figures: number
  /** How many would not be shown; null where it could not be made safe. */
  readonly hidden: number | null
  /** How many counts could be worked out, whatever is hidden. */
  readonly leaks: number
  /** To what all counts would be rounded, so that none is hidden; null where small ones are hidden. */
  readonly roundedTo: number | null
}

/** Figures of a file that is only read. */
export class GatheredFigures implements Sink {
  readonly parts: FigurePart[] = []

  async write(all: readonly Series[]): Promise<void> {
    for (const s of all) {
      if (s.length === 0) continue
      const { numerator, denominator } = s.optional
      this.parts.push({
        ...s.key,
        subjects: s.subjects.slice(0, s.length),
        value: s.value.slice(0, s.length),
        status: s.status.slice(0, s.length),
        numerator: numerator?.slice(0, s.length) ?? null,
        denominator: denominator?.slice(0, s.length) ?? null,
        counts_rounded_to: s.countsRoundedTo,
      })
    }
  }
}

/** A file that was read, with what it said. */
export interface CheckedFile {
  readonly descriptor: Descriptor
  readonly result: ReadResult
  readonly parts: readonly FigurePart[]
}

export interface TrialOptions {
  readonly db: Database
  readonly subjects: Subjects
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Whether sentences name figures, and hidden figures of earlier releases are held against these. */
  readonly named: boolean
  readonly signal?: AbortSignal | undefined
}

/** Files of a check, each with what would have to be hidden of it; one that cannot be made safe is refused. */
export async function tryDisclosure(
  files: readonly ImportedFile[],
  checked: ReadonlyMap<string, CheckedFile>,
  options: TrialOptions,
): Promise<ImportedFile[]> {
  const trial = new DisclosureTrial([...checked.values()], options)
  const all: ImportedFile[] = []
  for (const file of files) {
    const read = checked.get(file.path)
    if (!read?.descriptor.disclosure) {
      all.push(file)
      continue
    }
    const { tried, sentence } = await trial.try(basename(file.path), read)
    const refused = tried.safe ? {} : { outcome: 'refused' as const, sentence }
    all.push({ ...file, ...refused, disclosure: tried })
  }
  return all
}

/**
 * Tries disclosure control on files that are only checked, as if all of them were published together: who lies
 * in whom is known from what is current and from the files themselves.
 */
class DisclosureTrial {
  readonly #options: TrialOptions
  readonly #files: readonly CheckedFile[]
  #listings: Map<number, Listing> | null = null

  constructor(files: readonly CheckedFile[], options: TrialOptions) {
    this.#files = files
    this.#options = options
  }

  /** What would come of one of the files; for one that cannot be made safe, a sentence that says why. */
  async try(
    name: string,
    { descriptor, result, parts }: CheckedFile,
  ): Promise<{ readonly tried: Tried; readonly sentence: string | null }> {
    const { db, named, signal } = this.#options
    const declared = descriptor.disclosure
    if (!declared) throw new Error(`${descriptor.id} declares no disclosure control.`)
    const roundedTo = declared.round?.base ?? null
    const slot = slotOf(descriptor, result.period, result.part)
    const drafted = result.drafted.map((i) => [i.code, i] as const)
    const listings = await this.#located()
    const before = { slot, except: null }
    const indicators = new Map([...this.#options.indicators, ...drafted])
    try {
      const { figures, hidden } = await chooseShown(parts, {
        dataset: descriptor.dataset,
        what: name,
        declared,
        indicators,
        locate(subject) {
          const l = listings.get(subject)
          return l ? { level: l.level ?? l.kind, parents: l.parents } : null
        },
        everyone: () => listings.keys(),
        name: (subject) => listings.get(subject)?.name ?? `subject ${subject}`,
        code: (subject) => listings.get(subject)?.code ?? String(subject),
        earlier: (indicator, period) => earlierOf(db, before, indicator, period),
        tiedBefore: (period, figures) =>
          tiedBefore(db, before, period, { declared, indicators }, figures),
        indicatorsBefore: (period) => indicatorsBefore(db, before, period),
        // Who may not know what is hidden could find it out by trying one guess after another.
        alone: !named,
        secret: async () => (descriptor.invented ? inventedSecret : knownSecret(db)),
        signal,
      })
      return { tried: { safe: true, figures, hidden, leaks: 0, roundedTo }, sentence: null }
    } catch (error) {
      if (!(error instanceof UnsafeRelease)) throw error
      const figures = parts.reduce((sum, p) => sum + p.subjects.length, 0)
      const tried = { safe: false, figures, hidden: null, leaks: error.leaks, roundedTo }
      return { tried, sentence: named ? error.message : error.unnamed }
    }
  }

  /** Everybody as a publication of the files would know them. */
  async #located(): Promise<Map<number, Listing>> {
    if (this.#listings) return this.#listings
    const { db, subjects } = this.#options
    const slots = this.#files.map(({ descriptor, result }) =>
      slotOf(descriptor, result.period, result.part),
    )
    const bringsReal = this.#files.some(({ descriptor }) => isReal(descriptor))
    const current = await db.query<{ id: number }>(
      `select id from release where published_in is not null and ended_in is null
         and not slot = any($1::text[]) and not (invented and $2)`,
      [slots, bringsReal],
    )
    const described = await describedBy(
      db,
      current.map((r) => r.id),
    )
    const after = Math.max(0, ...current.map((r) => r.id)) + 1
    const own = this.#files.flatMap(({ result }, at) =>
      Array.from(
        withParents(result),
        ([subject, body]): Described => ({
          subject_id: subject,
          release_id: after + at,
          period: result.period,
          body,
        }),
      ),
    )
    const known = new Set([...described, ...own].map((d) => d.subject_id))
    const all = [...known].flatMap((id) => subjects.get(id) ?? [])
    this.#listings = listingsOf(all, [...described, ...own])
    return this.#listings
  }
}
