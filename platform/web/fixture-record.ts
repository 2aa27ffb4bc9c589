import {
  beginning,
  Frontier,
  hex,
  newSigner,
  type RecordLine,
  seal,
  signCheckpoint,
  writeEntry,
} from '@plumbline/record'
import type { ActKind } from '../record/act.ts'
import type { RecordReader, StoredCheckpoint, StoredEntry } from '../record/store.ts'

const salt = new Uint8Array(32).fill(7)
const signer = newSigner('example.org/<record>')

/** One of each kind of act, with names that would be markup if they could. */
const acts: [act: ActKind, subject: string, details: Record<string, string | number>][] = [
  ['release-published', 'release:1', { title: 'Invented <b>results</b>', period: '2023-24' }],
  ['standard-adopted', 'standard:floor', { name: 'A floor of <i>all</i>', state: 'adopted' }],
  ['judgements-changed', 'standard:floor', { publication: 1, providers: 1, root: 'ab' }],
  ['signal-answered', 'signal:far-worse:X10001:expected:2023-24', { kind: 'explain', answer: 1 }],
  ['key-used', `key:${signer.name}`, { key: signer.verifier.text }],
  ['part-erased', 'entry:4', { part: 'name' }],
  ['release-withdrawn', 'release:7', { title: 'Gone', period: '2022-23' }],
]

function fixtureEntries(): StoredEntry[] {
  let previous = beginning
  return acts.map(([act, subject, details], i) => {
    const sealed = { name: seal('name', '<script>A. Steward</script>', salt) }
    const rule = 'A rule & its reason.'
    const of = { act, by: { role: 'steward' }, subject, why: 'To <see>', rule, details, sealed }
    const place = { number: i + 1, at: `2024-11-0${i + 1}T10:00:00.000Z`, previous }
    const { entry, text, hash } = writeEntry(of, place)
    previous = hex(hash)
    const name = { value: '<script>A. Steward</script>', salt: hex(salt) }
    return { entry, text, hash: previous, personal: act === 'part-erased' ? {} : { name } }
  })
}

const entries = fixtureEntries()

function fixtureCheckpoint(size: number): StoredCheckpoint {
  const frontier = new Frontier()
  for (const { hash } of entries.slice(0, size)) frontier.append(Buffer.from(hash, 'hex'))
  const checkpoint = { origin: signer.name, size, root: frontier.root() }
  return { size, madeAt: '2024-11-08T10:00:00Z', note: signCheckpoint(checkpoint, signer) }
}

/** How long the fixture's record is, and how much of it is signed. */
export const fixtureRecordSize = { record: entries.length, checkpoint: 4 } as const

/** A record of seven entries, signed after the second and the fourth, without proofs. */
export const fixtureRecord: RecordReader = {
  list: async (_, { act, q }) => {
    const found = entries.filter((e) => (!act || e.entry.act === act) && (!q || e.text.includes(q)))
    return { total: found.length, entries: found.toReversed() }
  },
  entry: async (_, number) => entries[number - 1] ?? null,
  checkpoints: async (_, size) =>
    [fixtureCheckpoint(4), fixtureCheckpoint(2)].filter(
      (c) => size === undefined || c.size === size,
    ),
  inclusion: async (_, number, size) => (number <= size ? [] : null),
  consistency: async (_, first, size) => (first <= size ? [] : null),
  keys: async () => [signer.verifier.text],
  async *lines() {
    yield entries.map((e): RecordLine => ({ text: e.text }))
  },
}
