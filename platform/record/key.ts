import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSigner, readSigner, type Signer } from '@plumbline/record'

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
  const path = join(folder, keyFile)
  const text = readIfThere(path) ?? makeKey(folder, path)
  return readKey(text, path)
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

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Of several processes that make a key at once, one does, and all use it: a link is made whole or not. */
function makeKey(folder: string, path: string): string {
  mkdirSync(folder, { recursive: true })
  const { text } = newSigner(`plumbline-${randomBytes(4).toString('hex')}/record`)
  const temporary = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(temporary, `${text}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(temporary)
  }
  return readFileSync(path, 'utf8')
}
