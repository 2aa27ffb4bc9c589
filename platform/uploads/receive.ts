import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { spool, Unspoolable } from '../pushes/spool.ts'

/** A file that is not taken; the sentence says why and what to do. */
export class NotTaken extends Error {
  override name = 'NotTaken'
}

/** Of a form, by its number, that has handed in another file before. */
export const usedForm = 'This form was used for another file already. Load the page again.'

/** What a file is told by, whatever its name says, and what to do instead. */
const strangers: readonly (readonly [start: string, what: string])[] = [
  [
    'PK\u0003\u0004',
    'This is a spreadsheet or a zip archive. Save the sheet as CSV, or unpack the archive, and hand that in.',
  ],
  ['%PDF', 'This is a PDF. Ask its publisher for the figures as CSV.'],
  [
    '\u00d0\u00cf\u0011\u00e0',
    'This is an old spreadsheet or document. Save the sheet as CSV and hand that in.',
  ],
  ['\u00ff\u00fe', 'This text is in UTF-16. Save it as CSV in UTF-8 and hand that in.'],
  ['\u00fe\u00ff', 'This text is in UTF-16. Save it as CSV in UTF-8 and hand that in.'],
  ['\u0089PNG', 'This is a picture. Hand in the figures as CSV.'],
  ['GIF8', 'This is a picture. Hand in the figures as CSV.'],
  ['\u00ff\u00d8\u00ff', 'This is a picture. Hand in the figures as CSV.'],
  ['BZh', 'This is packed by bzip2. Unpack it, or pack it by gzip.'],
  ['\u00fd7zXZ', 'This is packed by xz. Unpack it, or pack it by gzip.'],
  ['7z\u00bc\u00af', 'This is a 7z archive. Unpack it and hand in the file.'],
  ['(\u00b5/\u00fd', 'This is packed by zstd. Unpack it, or pack it by gzip.'],
  ['PAR1', 'This is Parquet. Hand in the figures as CSV.'],
]

/** Why a file that begins like this is no text of rows; null where it may be. */
export function strangeness(start: Buffer): string | null {
  const text = start.toString('latin1')
  const known = strangers.find(([mark]) => text.startsWith(mark))
  if (known) return known[1]
  if (start.includes(0)) {
    return 'This is no text: it holds null characters. Save the figures as CSV and hand that in.'
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    return 'This is a page, not a file of figures. Look for a link to a CSV, and hand that in.'
  }
  return null
}

/** The first bytes of a stream, which it then gives once more. */
async function startOf(body: Readable): Promise<Buffer> {
  let start = Buffer.alloc(0)
  while (start.length < 2 && !body.readableEnded) {
    const chunk: Buffer | null = body.read()
    if (chunk !== null) start = Buffer.concat([start, chunk])
    else if (
      await new Promise<boolean>((resolve) => {
        body.once('readable', () => resolve(false))
        body.once('end', () => resolve(true))
        body.once('error', () => resolve(true))
        body.once('close', () => resolve(true))
      })
    )
      break
  }
  if (start.length > 0 && !body.destroyed) body.unshift(start)
  return start
}

export interface Received {
  readonly sha256: string
  readonly bytes: number
}

/**
 * Writes a file to the disk as it comes, unpacked where it is gzip, in memory that does not grow; it is on the
 * disk for good when this comes back.
 * @param most bytes that are taken, before and after unpacking.
 * @throws NotTaken; what lies at `path` then is to be removed.
 */
export async function receive(body: Readable, path: string, most: number): Promise<Received> {
  const start = await startOf(body)
  try {
    const packed = start[0] === 0x1f && start[1] === 0x8b
    const sha256 = (await spool(body, path, { packed, most })).toString('hex')
    const file = await open(path, 'r+')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
      const strange = strangeness(buffer.subarray(0, bytesRead))
      if (strange !== null) throw new NotTaken(strange)
      await file.sync()
      return { sha256, bytes: (await file.stat()).size }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw error instanceof Unspoolable ? new NotTaken(notTaken(error, most)) : error
  }
}

/** The sentence about a file of more than `most` bytes. */
export const tooLarge = (most: number): string =>
  `The file is too large: no more than ${Math.round(most / 1e6).toLocaleString('en-GB')} MB are taken, unpacked. Split it, or ask whoever runs this.`

function notTaken({ kind, message }: Unspoolable, most: number): string {
  switch (kind) {
    case 'too-large':
      return tooLarge(most)
    case 'empty':
      return 'The file is empty. Choose another.'
    case 'not-packed':
      return 'The file ends early or is damaged: it cannot be unpacked. Pack it anew, or hand it in unpacked.'
    case 'packed-twice':
      return 'The file is packed twice. Pack it once, or hand it in unpacked.'
    case 'broken-off':
      return 'The file broke off on its way. Hand it in again.'
    default:
      return message
  }
}

/** The name of a file as we keep it: without folders, without what no name should hold, unpacked. */
export function keptName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    .replace(/\p{C}/gu, '')
    .replace(/\.gz$/i, '')
    .replace(/^\.+/, '')
    .trim()
  // Folders hold names of 255 bytes.
  const short = [...plain].slice(-60).join('')
  return short === '' ? 'figures.csv' : short
}
