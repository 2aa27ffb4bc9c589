import { readCheckpoint } from '@plumbline/record'
import type { StoredCheckpoint } from '../../../record/store.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { momentWords } from './act-words.ts'

/** Checkpoints that are listed; the others are in the export. */
const mostListed = 100

const checkpointData = ({ size, madeAt, note }: StoredCheckpoint) => ({
  size,
  madeAt,
  root: Buffer.from(readCheckpoint(note)?.root ?? []).toString('hex'),
  note,
})

/** The signed checkpoints, and what a stranger can do with one. */
export async function checkpointsPage(context: PageContext): Promise<Page> {
  const { reader, state } = context
  const all = await reader.record.checkpoints(state)
  const keys = await reader.record.keys()
  const [latest] = all
  return {
    view: 'pages/record/checkpoints',
    data: { keys, checkpoints: all.slice(0, mostListed).map(checkpointData) },
    values: {
      title: 'Signed checkpoints of the record',
      lead: latest
        ? `The record was last signed ${momentWords(latest.madeAt)}, at ${words.number(latest.size, 0)} ${latest.size === 1 ? 'entry' : 'entries'}.`
        : 'The record has not been signed yet.',
      latest: latest?.note ?? null,
      keys,
      rows: all
        .slice(0, mostListed)
        .map((c) => [
          { text: momentWords(c.madeAt) },
          { text: words.number(c.size, 0) },
          { text: checkpointData(c).root },
        ]),
      json: `${context.path}.json`,
      crumbs: [{ text: 'The public record', href: '/record' }],
    },
  }
}
