import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import {
  exportHead,
  exportLine,
  NoExport,
  newSigner,
  openExport,
  readVerifier,
  type Verified,
  type Verifier,
  verifyRecord,
} from '@plumbline/record'
import { exitCodes, type ProgressEvent, type Verb, type VerbContext } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { makeCheckpoint } from '../record/checkpoint.ts'
import { erasePersonal, NothingToErase } from '../record/erase.ts'
import { type KeyPlace, signerAt } from '../record/key.ts'
import { recordLines } from '../record/lines.ts'
import { recordKeys, verifyStored } from '../record/verify.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const flags = {
  checkpoint: { type: 'string', multiple: true },
  key: { type: 'string', multiple: true },
  out: { type: 'string' },
  reason: { type: 'string' },
} as const

const read = (args: string[]) => parseArgs({ args, options: flags, allowPositionals: true })
type Words = ReturnType<typeof read>['values']
type Say = (text: string, stream?: 'stdout' | 'stderr') => void

/** Words that cannot be carried out, as a sentence. */
class WrongWords extends Error {}

/**
 * `plumbline record verify [FILE]`, `record export`, `record checkpoint`, `record erase N NAME`, `record key
 * NAME`. Without `keys` nothing can be signed.
 */
export function makeRecordVerb(keys: KeyPlace | null): Verb {
  return async (args, { db, cwd }, emit: (event: ProgressEvent) => void) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    try {
      const { positionals, values } = read(args)
      const [act, ...rest] = positionals
      if (act === 'verify') return await verify(rest[0], values, { db, cwd }, say)
      if (act === 'export') return await exportTo(values.out, { db, cwd }, say)
      if (act === 'checkpoint' && keys) return await checkpoint(db, keys, say)
      if (act === 'erase') return await erase(rest, values, db, say)
      if (act === 'key') return makeKey(rest[0], say)
      throw new WrongWords(
        'Say what to do with the record: verify [FILE], export, checkpoint, erase N NAME or key NAME.',
      )
    } catch (error) {
      if (
        error instanceof WrongWords ||
        (error as { code?: string }).code?.startsWith('ERR_PARSE')
      ) {
        say((error as Error).message, 'stderr')
        return codes.wrongWords
      }
      if (!(error instanceof NoExport || error instanceof NothingToErase)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }
}

async function verify(
  file: string | undefined,
  { checkpoint = [], key = [] }: Words,
  { db, cwd }: VerbContext,
  say: Say,
): Promise<number> {
  const known = checkpoint.map((path) => readFileSync(resolve(cwd, path), 'utf8'))
  const given = key.map((text): Verifier => {
    const verifier = readVerifier(text)
    if (!verifier) throw new WrongWords(`--key takes a public key, which this is not: ${text}`)
    return verifier
  })
  const keys = given.length > 0 ? { keys: given } : {}
  const found =
    file === undefined
      ? await verifyStored(db, { known, ...keys })
      : await verifyFile(resolve(cwd, file), known, given)
  const who = given.length > 0 ? 'the key given' : 'the keys that the record itself names'
  for (const line of verdict(found, who)) say(line)
  return found.fault === null ? exitCodes.done : codes.refused
}

async function verifyFile(
  path: string,
  known: readonly string[],
  given: readonly Verifier[],
): Promise<Verified> {
  const { keys, lines } = await openExport(createReadStream(path, 'utf8'))
  return verifyRecord(lines, given.length > 0 ? given : keys, known)
}

const entriesText = (n: number): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? 'entry' : 'entries'}`

/** What was found, in a few lines. */
function verdict({ entries, root, checkpoints, signed, fault }: Verified, who: string): string[] {
  if (fault !== null) {
    const upTo = fault.number > 1 ? ` The entries before ${fault.number} fit.` : ''
    return [
      `The record does not fit: ${fault.how}, entry ${fault.number}.`,
      `${fault.sentence}${upTo}`,
    ]
  }
  return [
    `The record fits: ${entriesText(entries)}, each with the hash of the one before.`,
    signed === 0
      ? 'No signed checkpoint covers it.'
      : `${checkpoints.toLocaleString('en-GB')} signed checkpoint${checkpoints === 1 ? '' : 's'} fit, by ${who}; the last covers ${entriesText(signed)}.`,
    `Root: ${root}`,
  ]
}

async function exportTo(
  out: string | undefined,
  { db, cwd }: VerbContext,
  say: Say,
): Promise<number> {
  const keys = (await recordKeys(db)).map((k) => k.text)
  if (out === undefined) {
    for await (const part of exported(db, keys)) say(part.trimEnd())
    return exitCodes.done
  }
  await pipeline(Readable.from(exported(db, keys)), createWriteStream(resolve(cwd, out)))
  say(`The record is written to ${out}.`)
  return exitCodes.done
}

async function* exported(db: Database, keys: readonly string[]): AsyncGenerator<string> {
  yield exportHead(keys)
  for await (const lines of recordLines(db)) yield lines.map(exportLine).join('')
}

async function checkpoint(db: Database, keys: KeyPlace, say: Say): Promise<number> {
  const size = await makeCheckpoint(db, signerAt(keys))
  if (size === 0) {
    say('Nothing is on the record yet, so nothing was signed.')
    return exitCodes.done
  }
  const [last] = await db.query<{ note: string }>(
    'select note from record_checkpoint order by size desc limit 1',
  )
  say(last?.note.trimEnd() ?? '')
  return exitCodes.done
}

async function erase(
  [number, name]: readonly string[],
  { reason }: Words,
  db: Database,
  say: Say,
): Promise<number> {
  if (!/^\d{1,9}$/.test(number ?? '') || name === undefined || !reason) {
    throw new WrongWords(
      'Say of which entry what is erased and why: plumbline record erase 12 name --reason "its owner asked"',
    )
  }
  const said = await erasePersonal(db, Number(number), name, reason)
  say(`Erased. Entry ${said} says so.`)
  return exitCodes.done
}

function makeKey(name: string | undefined, say: Say): number {
  if (name === undefined || !/^[^\s+]+$/u.test(name)) {
    throw new WrongWords(
      'Name the record, without spaces or plus: plumbline record key example.org/record',
    )
  }
  const signer = newSigner(name)
  say(`PLUMBLINE_RECORD_KEY=${signer.text}`)
  say(`Keep that secret. The public key is ${signer.verifier.text}`, 'stderr')
  return exitCodes.done
}

/**
 * Signs the record after something was published. A key that cannot be used does not undo the
 * publication: the next checkpoint covers it.
 */
export async function signAfterwards(db: Database, keys: KeyPlace | null, say: Say): Promise<void> {
  if (keys === null) return
  try {
    await makeCheckpoint(db, signerAt(keys))
  } catch (error) {
    say(`It is published, but the record was not signed: ${(error as Error).message}`, 'stderr')
  }
}
