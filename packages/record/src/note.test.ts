import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openCheckpoint, readCheckpoint, signCheckpoint } from './checkpoint.ts'
import {
  newSigner,
  openNote,
  readSigner,
  readVerifier,
  type Signer,
  signNote,
  type Verifier,
} from './note.ts'
import { checkSeal, newSalt, seal } from './seal.ts'

// From the tests of golang.org/x/mod/sumdb/note (note_test.go, BSD licence), where the form comes from.
const publicKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const secretKey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

const verifier = readVerifier(publicKey) as Verifier
const signer = readSigner(secretKey) as Signer

describe('signed notes', () => {
  it('are those of the reference implementation, byte for byte', () => {
    expect(signNote(text, signer)).toBe(note)
    expect(openNote(note, [verifier])).toEqual({ text, by: [verifier] })
    expect(signer.verifier.text).toBe(publicKey)
    expect(signer.text).toBe(secretKey)
  })

  it('are refused when anything of them is changed', () => {
    const wrong = [
      note.replace('cryptography', 'cryptographY'),
      note.replace('x08go', 'x08gp'),
      note.replace('PeterNeumann', 'Somebody'),
      note.replace('\n\n', '\n'),
      note.replace('—', '-'),
      note.slice(0, -1),
      `${note}x`,
      text,
      '',
      note.replace('answer', 'an\u0000swer'),
      note.replace('— PeterNeumann', `— Other ${'AAAAAAAA'}\n— PeterNeumann`).replace('J', 'K'),
    ]
    for (const each of wrong) expect(openNote(each, [verifier]), each).toBeNull()
    expect(openNote(note, [])).toBeNull()
  })

  it('are read although others signed them too', () => {
    const other = newSigner('example.org/witness')
    const both = `${note}${signNote(text, other).split('\n\n')[1]}`
    expect(openNote(both, [verifier])?.by).toEqual([verifier])
    expect(openNote(both, [other.verifier, verifier])?.by).toEqual([verifier, other.verifier])
  })

  it('have keys that are read only whole', () => {
    for (let from = 0; from < publicKey.length; from++) {
      expect(readVerifier(publicKey.slice(from + 1))).toBeNull()
      expect(readVerifier(publicKey.slice(0, from))).toBeNull()
      const changed = String.fromCharCode(publicKey.charCodeAt(from) + 1)
      expect(
        readVerifier(publicKey.slice(0, from) + changed + publicKey.slice(from + 1)),
      ).toBeNull()
    }
    // A key of another length, and one of an unknown kind, with ids that fit.
    expect(
      readVerifier('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='),
    ).toBeNull()
    expect(
      readVerifier('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'),
    ).toBeNull()
    expect(readSigner(publicKey)).toBeNull()
  })

  it('are signed with new keys, whose names are names', () => {
    const made = newSigner('example.org/record')
    expect(readSigner(made.text)?.verifier.text).toBe(made.verifier.text)
    expect(openNote(signNote('a\n', made), [made.verifier])?.text).toBe('a\n')
    for (const name of ['', 'a b', 'a+b', 'a\n']) expect(() => newSigner(name)).toThrow()
  })
})

describe('checkpoints', () => {
  const root = new Uint8Array(32).fill(7)
  const origin = 'example.org/record'

  it('are signed and opened', () => {
    const signed = signCheckpoint({ origin, size: 12, root }, signer)
    expect(signed.split('\n').slice(0, 3)).toEqual([
      origin,
      '12',
      Buffer.from(root).toString('base64'),
    ])
    expect(openCheckpoint(signed, [verifier])?.checkpoint).toMatchObject({ origin, size: 12 })
    expect(openCheckpoint(signed.replace('12', '13'), [verifier])).toBeNull()
  })

  // c2sp.org/tlog-checkpoint gives this one.
  it('are read as the specification writes them', () => {
    const example =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    expect(readCheckpoint(example)).toMatchObject({
      size: 20852163,
      origin: 'example.com/behind-the-sofa',
    })
  })

  it.each([
    ['a leading zero', `o\n012\n${Buffer.from(root).toString('base64')}\n`],
    ['a negative size', `o\n-1\n${Buffer.from(root).toString('base64')}\n`],
    ['a size beyond all', `o\n99999999999999999999\n${Buffer.from(root).toString('base64')}\n`],
    ['no origin', `\n12\n${Buffer.from(root).toString('base64')}\n`],
    ['a short root', 'o\n12\nAAAA\n'],
    ['no last newline', `o\n12\n${Buffer.from(root).toString('base64')}`],
    ['nothing', ''],
  ])('are refused with %s', (_, wrong) => {
    expect(readCheckpoint(wrong)).toBeNull()
  })
})

describe('seals', () => {
  it('belong to one name, one value and one salt', () => {
    const salt = newSalt()
    const sealed = seal('name', 'A. Head', salt)
    // As docs/record.md tells it to whoever has none of this code.
    const told = createHmac('sha256', salt).update('["name","A. Head"]').digest('hex')
    expect(sealed).toBe(told)
    expect(checkSeal('name', 'A. Head', salt, sealed)).toBe(true)
    expect(checkSeal('name', 'B. Head', salt, sealed)).toBe(false)
    expect(checkSeal('text', 'A. Head', salt, sealed)).toBe(false)
    expect(checkSeal('name', 'A. Head', newSalt(), sealed)).toBe(false)
    expect(checkSeal('name', 'A. Head', salt, '')).toBe(false)
    // Name and value cannot run into each other.
    expect(seal('a', 'b","c', salt)).not.toBe(seal('a","b', 'c', salt))
  })
})
