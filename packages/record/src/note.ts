import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { sha256 } from './merkle/hash.ts'

/** Ed25519 in signed notes (C2SP signed-note, "Signature types"). */
const ed25519 = 1

/** Who signs notes, and the key; `text` is the whole of it, to be kept secret. */
export interface Signer {
  readonly name: string
  readonly text: string
  readonly verifier: Verifier
  readonly key: KeyObject
}

/** Whose signature is trusted; `text` is public: `example.org/record+1a2b3c4d+AbC...`. */
export interface Verifier {
  readonly name: string
  readonly id: string
  readonly text: string
  readonly key: KeyObject
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Bytes of base64 as it is written, with its padding; null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name)

// DER of an Ed25519 key (RFC 8410) is a fixed prefix and its 32 bytes.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

function keyId(name: string, publicKey: Uint8Array): string {
  const text = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(ed25519), publicKey])
  return Buffer.from(sha256(text).subarray(0, 4)).toString('hex')
}

function makeVerifier(name: string, publicKey: Uint8Array): Verifier {
  const id = keyId(name, publicKey)
  const der = Buffer.concat([publicPrefix, publicKey])
  return {
    name,
    id,
    text: `${name}+${id}+${base64(Buffer.concat([Uint8Array.of(ed25519), publicKey]))}`,
    key: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  }
}

function makeSigner(name: string, seed: Uint8Array): Signer {
  const der = Buffer.concat([privatePrefix, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const verifier = makeVerifier(name, spki.subarray(-32))
  const secret = base64(Buffer.concat([Uint8Array.of(ed25519), seed]))
  return { name, text: `PRIVATE+KEY+${name}+${verifier.id}+${secret}`, verifier, key }
}

/**
 * A new key to sign with. `name` is best an address that is yours, without its scheme.
 * @throws Error where the name is empty or holds a space or a plus.
 */
export function newSigner(name: string): Signer {
  if (!isKeyName(name)) throw new Error('The name of a key has no space and no plus.')
  const { privateKey } = generateKeyPairSync('ed25519')
  return makeSigner(name, privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32))
}

/** Name, id and key bytes of the text of a key; null where they do not belong together. */
function readKey(text: string): { name: string; id: string; bytes: Uint8Array } | null {
  const found = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text)
  const bytes = found && fromBase64(found[3] as string)
  if (bytes?.length !== 33 || bytes[0] !== ed25519 || !isKeyName(found?.[1] as string)) return null
  return { name: found?.[1] as string, id: found?.[2] as string, bytes: bytes.subarray(1) }
}

/** Reads a `Signer.text`; null where it is none. */
export function readSigner(text: string): Signer | null {
  const prefix = 'PRIVATE+KEY+'
  const key = text.startsWith(prefix) ? readKey(text.slice(prefix.length)) : null
  const signer = key && makeSigner(key.name, key.bytes)
  return signer?.verifier.id === key?.id ? signer : null
}

/** Reads a `Verifier.text`; null where it is none. */
export function readVerifier(text: string): Verifier | null {
  const key = readKey(text)
  const verifier = key && makeVerifier(key.name, key.bytes)
  return verifier?.id === key?.id ? verifier : null
}

/**
 * Signs a text that ends in a newline, as a signed note (c2sp.org/signed-note). Ed25519 gives the same
 * signature each time.
 */
export function signNote(text: string, signer: Signer): string {
  const signature = sign(null, Buffer.from(text), signer.key)
  const signed = Buffer.concat([Buffer.from(signer.verifier.id, 'hex'), signature])
  return `${text}\n— ${signer.name} ${base64(signed)}\n`
}

/** Signatures that are read at most. */
const mostSignatures = 100

/**
 * The text of a note that a trusted key signed, with those that did. Signatures of unknown keys are left
 * aside; null where none is known, a known one is wrong, or it is no note.
 */
export function openNote(
  note: string,
  trusted: readonly Verifier[],
): { text: string; by: Verifier[] } | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || /[^\n\P{Cc}]|\p{Cs}/u.test(note)) return null
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) return null
  const by: Verifier[] = []
  for (const line of lines) {
    const found = /^— (\S+) (\S+)$/.exec(line)
    const bytes = found && fromBase64(found[2] as string)
    if (!found || !bytes || bytes.length < 5 || !isKeyName(found[1] as string)) return null
    const id = Buffer.from(bytes.subarray(0, 4)).toString('hex')
    const verifier = trusted.find((v) => v.name === found[1] && v.id === id)
    if (!verifier) continue
    if (!verify(null, Buffer.from(text), verifier.key, bytes.subarray(4))) return null
    if (!by.includes(verifier)) by.push(verifier)
  }
  return by.length === 0 ? null : { text, by }
}
