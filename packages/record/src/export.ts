import { z } from 'zod'
import { readVerifier, type Verifier } from './note.ts'
import type { RecordLine } from './verify.ts'

/** The form of an exported record, in its first line. */
export const exportForm = 'plumbline-record/1'

const headSchema = z.strictObject({ keys: z.array(z.string()), record: z.literal(exportForm) })
const checkpointSchema = z.strictObject({ checkpoint: z.string() })

/**
 * The first line of an exported record: its form, and the public keys that have signed it. Then come the
 * entries, a line each, as they were hashed; and after the last entry that a checkpoint covers, the
 * checkpoint.
 */
export const exportHead = (keys: readonly string[]): string =>
  `${JSON.stringify({ keys, record: exportForm })}\n`

export const exportLine = (line: RecordLine): string =>
  'checkpoint' in line ? `${JSON.stringify(line)}\n` : `${line.text}\n`

/** The file is no exported record, as a sentence. */
export class NoExport extends Error {
  override name = 'NoExport'
}

/** An exported record, opened: the keys that it names itself, and its lines, to be read once. */
export interface Exported {
  readonly keys: readonly Verifier[]
  readonly lines: AsyncIterable<readonly RecordLine[]>
}

/**
 * Opens an exported record from the parts of its text, of any size.
 * @throws NoExport where the first line is none of an exported record.
 */
export async function openExport(text: AsyncIterable<string>): Promise<Exported> {
  const parts = completeLines(text)
  const first = await parts.next()
  const [head = '', ...rest] = first.done ? [] : first.value
  const keys = readHead(head)
  return { keys, lines: recordLines(rest, parts) }
}

function readHead(line: string): Verifier[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    throw new NoExport('This is no exported record: its first line is no JSON.')
  }
  const head = headSchema.safeParse(parsed)
  if (!head.success) throw new NoExport(`This is no exported record of the form ${exportForm}.`)
  return head.data.keys.map((text) => {
    const key = readVerifier(text)
    if (!key) throw new NoExport(`The first line names a key that is none: ${text}`)
    return key
  })
}

async function* recordLines(
  rest: readonly string[],
  parts: AsyncIterable<string[]>,
): AsyncGenerator<RecordLine[]> {
  if (rest.length > 0) yield rest.map(recordLine)
  for await (const lines of parts) yield lines.map(recordLine)
}

/** Whatever is no checkpoint is taken for an entry: a line that was spoilt is one that was altered. */
function recordLine(text: string): RecordLine {
  if (!text.startsWith('{"checkpoint":')) return { text }
  try {
    return checkpointSchema.parse(JSON.parse(text))
  } catch {
    return { text }
  }
}

async function* completeLines(text: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let open = ''
  for await (const part of text) {
    const lines = `${open}${part}`.split('\n')
    open = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (open !== '') yield [open]
}
