import type { ReleaseRow } from '../comparison/figures.ts'
import type { State } from '../comparison/reader.ts'

/** A published release as a catalogue describes it, and the state in which it counts: for tests. */
export const release = {
  id: 3,
  dataset: 'clinics',
  title: 'Made-up clinics',
  publisher: 'Nobody',
  source: 'https://example.org/clinics',
  licence: 'Open Government Licence v3.0',
  period: '2024',
  service: 'clinic',
  part: null,
  partName: null,
  status: 'published',
  fileName: 'clinics-2024.csv',
  sha256: '',
  bytes: 1,
  rowsRead: 1,
  rowsAccepted: 1,
  rowsRefused: 0,
  publishedOn: null,
  createdAt: '',
  publishedAt: null,
  by: '',
  supersedes: null,
  supersededBy: null,
  reason: '',
  endReason: null,
  endedAt: null,
} satisfies ReleaseRow

export const state: State = {
  publication: 7,
  at: '2026-01-02T03:04:05.678Z',
  invented: false,
  answers: 0,
  record: 0,
  checkpoint: 0,
  erased: 0,
}
