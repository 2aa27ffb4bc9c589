import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { newSigner, readSigner, type Signer } from '@plumbline/record'
import { secretFile } from '../database/secret-file.ts'

/** Where the key lies that signs checkpoints: in a setting, or else in the data folder. */
export interface KeyPlace {
  /** The text of the key, of `PLUMBLINE_RECORD_KEY`; null where nothing is set. */
  readonly given: string | null
  readonly folder: string
}

/** There is a key that cannot be used, as a sentence. */
export class WrongKey extends Error {
  override name = 'WrongKey'
}

/** The key's file within the data folder. */
export const keyFile = 'record-key'

/**
 * The key that signs checkpoints; made at first need, in a file that its owner alone may read.
 * @throws WrongKey where what is set, or in the file, is no key.
 */
export function signerAt({ given, folder }: KeyPlace): Signer {
  if (given !== null) return readKey(given, 'PLUMBLINE_RECORD_KEY')
  const make = (): string => newSigner(`plumbline-${randomBytes(4).toString('hex')}/record`).text
  return readKey(secretFile(folder, keyFile, make), join(folder, keyFile))
}

function readKey(text: string, where: string): Signer {
  const signer = readSigner(text.trim())
  if (!signer) {
    throw new WrongKey(
      `${where} holds no key. Make one with: plumbline record key example.org/record`,
    )
  }
  return signer
}
