import { readCheckpoint, tlogProof } from '@plumbline/record'
import type { StoredEntry } from '../../../record/store.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { actSentence, actWord, momentWords, subjectHref, whoWords, whyWords } from './act-words.ts'
import { entryData } from './record.ts'
import { recordNames } from './record-names.ts'

/** Shows, by the latest checkpoint, that an entry is on the record; null where none covers it yet. */
async function inclusionOf(number: number, { reader, state }: PageContext) {
  const [latest] = await reader.record.checkpoints(state, state.checkpoint)
  if (!latest || latest.size < number) return null
  const proof = await reader.record.inclusion(state, number, latest.size)
  if (!proof) return null
  const root = readCheckpoint(latest.note)?.root ?? new Uint8Array()
  return {
    size: latest.size,
    index: number - 1,
    root: Buffer.from(root).toString('hex'),
    hashes: proof.map((h) => Buffer.from(h).toString('hex')),
    text: tlogProof(number - 1, proof, latest.note),
  }
}

/** What of an entry is sealed: shown, with its salt, or erased. */
const sealedRows = ({ entry, personal }: StoredEntry) =>
  Object.entries(entry.sealed).map(([name, hash]) => [
    { text: name === 'why' ? 'the words' : name },
    { text: personal[name]?.value ?? 'erased' },
    { text: personal[name]?.salt ?? 'erased' },
    { text: hash },
  ])

/** One entry: what was done, and how anyone can see that it is as it was written. */
export async function entryPage(number: number, context: PageContext): Promise<Page | null> {
  const { reader, state } = context
  const stored = await reader.record.entry(state, number)
  if (!stored) return null
  const { entry } = stored
  const inclusion = await inclusionOf(number, context)
  const isJudged = entry.act === 'judgements-changed'
  return {
    view: 'pages/record/entry',
    data: { ...entryData(stored), text: stored.text, inclusion },
    values: {
      number: words.number(number, 0),
      title: actWord(entry.act),
      lead: actSentence(entry, await recordNames(context, [stored])),
      facts: [
        ['Who', whoWords(stored)],
        ['When', momentWords(entry.at)],
        ...(whyWords(stored) === '' ? [] : [['Why', whyWords(stored)]]),
        ['Under which rule', entry.rule],
      ],
      about: subjectHref(entry),
      list: `/record?subject=${encodeURIComponent(entry.subject)}`,
      changes: isJudged ? `/record/${number}/changes` : null,
      text: stored.text,
      hash: stored.hash,
      previous: entry.previous,
      sealed: sealedRows(stored),
      inclusion,
      before: number > 1 ? `/record/${number - 1}` : null,
      after: number < state.record ? `/record/${number + 1}` : null,
      json: `${context.path}.json`,
      crumbs: [{ text: 'The public record', href: '/record' }],
    },
  }
}
