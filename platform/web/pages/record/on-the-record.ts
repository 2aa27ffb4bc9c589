import type { PageContext } from '../context.ts'
import { entryLine } from './record.ts'
import { recordNames } from './record-names.ts'

/** Entries that are listed beside their subject at most; the record has them all. */
const mostShown = 10

/** The newest entries about something, for its own page. */
export async function onTheRecord(subject: string, context: PageContext) {
  const { reader, state } = context
  const { entries } = await reader.record.list(state, { subject, size: mostShown })
  const names = await recordNames(context, entries)
  return entries.map((e) => entryLine(e, names))
}
