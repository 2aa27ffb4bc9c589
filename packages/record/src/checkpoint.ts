import { fromBase64, openNote, type Signer, signNote, type Verifier } from './note.ts'

/** The head of a record at a size: whoever has one can prove any later change of what it covers. */
export interface Checkpoint {
  /** Which record: a name of its own, best the name of its first key. */
  readonly origin: string
  /** How many entries it covers. */
  readonly size: number
  /** The root of their Merkle tree. */
  readonly root: Uint8Array
}

/** The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size and root, a line each. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

/** A signed checkpoint, as a signed note. */
export const signCheckpoint = (checkpoint: Checkpoint, signer: Signer): string =>
  signNote(checkpointText(checkpoint), signer)

/** Reads the text of a checkpoint, or of a note that begins with one; null where it is none. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin, size, root, ...rest] = text.split('\n')
  const bytes = fromBase64(root ?? '')
  if (!origin || bytes?.length !== 32 || rest.length === 0) return null
  if (!/^(0|[1-9]\d{0,15})$/.test(size ?? '') || !Number.isSafeInteger(Number(size))) return null
  return { origin, size: Number(size), root: bytes }
}

/** The checkpoint of a note that a trusted key signed; null where none did, or it is no checkpoint. */
export function openCheckpoint(
  note: string,
  trusted: readonly Verifier[],
): { checkpoint: Checkpoint; by: Verifier[] } | null {
  const opened = openNote(note, trusted)
  const checkpoint = opened && readCheckpoint(opened.text)
  return checkpoint ? { checkpoint, by: opened.by } : null
}
