import type { ReleaseRow } from '../comparison/figures.ts'
import type { Reader } from '../comparison/reader.ts'
import type { Change } from '../comparison/release-page.ts'

/** What an invented correction changed: more than one page of the list. */
const changes: readonly Change[] = Array.from({ length: 60 }, (_, i) => ({
  subject: `X${10_001 + i}`,
  kind: 'provider',
  name: i === 0 ? '=<i>Ash</i>' : `School ${i}`,
  indicator: 'expected',
  breakdown: '',
  period: '2024',
  before: 50 + i,
  beforeStatus: 'value',
  after: i % 2 === 0 ? null : 60 + i,
  afterStatus: i % 2 === 0 ? 'suppressed' : 'value',
}))

/** Release 1 as a correction, with all that it changed. */
export const fixtureChanges = (release: ReleaseRow): Pick<Reader, 'changes' | 'allChanges'> => ({
  changes: async (_, id, { page, size }) =>
    id === 1
      ? {
          release: { ...release, supersedes: 9 },
          changes: changes.slice((page - 1) * size, page * size),
          total: changes.length,
          kinds: { added: 0, changed: 60, gone: 0, withoutValue: 30 },
          indicators: [{ code: 'expected', count: changes.length }],
        }
      : null,
  allChanges: async function* () {
    yield changes.slice(0, 50)
    yield changes.slice(50)
  },
})
