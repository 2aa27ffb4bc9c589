import type { ReleaseRow } from '../../../comparison/figures.ts'
import type { FeedEntry } from '../../feed.ts'
import { releaseLine } from '../context.ts'

const why = (reason: string | null): string => (reason ? ` Why: ${reason}` : '')

/** What became of a release: it was published or is a correction, and may have been withdrawn. */
function entriesOf(release: ReleaseRow): FeedEntry[] {
  const { id, title, publisher, publishedAt, endedAt, supersedes, reason, endReason } = release
  const { about } = releaseLine(release)
  const what = `${title}: ${about}`
  const href = `/releases/${id}`
  const entry = (act: string, at: string, heading: string, summary: string): FeedEntry => ({
    key: `release:${id}:${act}:${at}`,
    title: `${heading}: ${what}`,
    updated: at,
    href,
    category: act,
    summary,
  })
  const first =
    publishedAt === null
      ? []
      : supersedes === null
        ? [entry('published', publishedAt, 'Published', `From ${publisher}.${why(reason)}`)]
        : [
            entry(
              'corrected',
              publishedAt,
              'Corrected',
              `It takes the place of release ${supersedes}; its page lists what changed.${why(reason)}`,
            ),
          ]
  const gone = `It counts no more; what it said stays readable for its time.${why(endReason)}`
  return release.status === 'withdrawn' && endedAt !== null
    ? [...first, entry('withdrawn', endedAt, 'Withdrawn', gone)]
    : first
}

/** What became of some releases, the newest first. */
export const releaseEntries = (releases: readonly ReleaseRow[]): FeedEntry[] =>
  releases.flatMap(entriesOf).sort((a, b) => (a.updated < b.updated ? 1 : -1))
