import { parseArgs } from 'node:util'
import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { listTokens, makeToken, revokeToken } from '../tokens/store.ts'
import { type Token, whyInvalid } from '../tokens/token.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const flags = {
  descriptor: { type: 'string', multiple: true },
  publisher: { type: 'string' },
  appointments: { type: 'string', multiple: true },
  'import-only': { type: 'boolean' },
  from: { type: 'string' },
  until: { type: 'string' },
} as const

type Words = ReturnType<typeof read>['values']
type Say = (text: string, stream?: 'stdout' | 'stderr') => void

const read = (args: string[]) => parseArgs({ args, options: flags, allowPositionals: true })

/** What was typed makes no sense; the message says what would. */
class WrongWords extends Error {}

/**
 * `plumbline tokens` lists publishers' tokens, `tokens make NAME --descriptor ID` makes one and shows it
 * once (`--appointments CODE` one that reports who was seen), `tokens revoke N` ends one.
 */
export function makeTokensVerb(catalogue: Catalogue): Verb {
  return async (args, { db }, emit: (event: ProgressEvent) => void) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    try {
      const { positionals, values } = read(args)
      const [act = 'list', what] = positionals
      if (act === 'list') return await list(db, say)
      if (act === 'make' && what !== undefined) return await make(what, values, db, catalogue, say)
      if (act === 'revoke' && what !== undefined) return await revoke(what, db, say)
      throw new WrongWords('Say what to do with tokens: list, make NAME or revoke N.')
    } catch (error) {
      const isWords =
        error instanceof WrongWords || (error as { code?: string }).code?.startsWith('ERR_PARSE')
      if (!isWords) throw error
      say((error as Error).message, 'stderr')
      return codes.wrongWords
    }
  }
}

async function list(db: Database, say: Say): Promise<number> {
  const all = await listTokens(db)
  if (all.length === 0) say('There are no tokens. Make one with: plumbline tokens make NAME')
  for (const token of all) say(lineOf(token))
  return exitCodes.done
}

function lineOf(token: Token): string {
  const { id, name, validUntil } = token
  const until = validUntil === null ? 'for ever' : `until ${validUntil.slice(0, 10)}`
  const state = whyInvalid(token, new Date()) ?? `Valid ${until}.`
  return `${id}  ${name}: ${mayOf(token)}. ${state}`
}

function mayOf({ scope, publishes }: Token): string {
  if ('appointments' in scope) return `reports who was seen at ${scope.appointments.join(', ')}`
  const what =
    'publisher' in scope ? `whatever ${scope.publisher} publishes` : scope.descriptors.join(', ')
  return `${publishes ? 'sends and publishes' : 'sends drafts of'} ${what}`
}

const day = z.iso.date()
const publicName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{C}]*$/u)

async function make(
  given: string,
  values: Words,
  db: Database,
  catalogue: Catalogue,
  say: Say,
): Promise<number> {
  const name = publicName.safeParse(given).data
  if (name === undefined) throw new WrongWords('A name has 1 to 100 characters that can be read.')
  const { from, until } = values
  for (const [flag, value] of Object.entries({ from, until })) {
    if (value !== undefined && !day.safeParse(value).success) {
      throw new WrongWords(`--${flag} takes a day, such as 2027-01-31.`)
    }
  }
  if (until !== undefined && until <= (from ?? new Date().toISOString().slice(0, 10))) {
    throw new WrongWords('--until lies before the token begins.')
  }
  const scope = await scopeOf(values, db, catalogue)
  const publishes = values['import-only'] !== true
  const { id, token } = await makeToken(db, { name, scope, publishes, from, until })
  say(token)
  say(`Token ${id} of ${name}. Keep it safe: it is shown this once and stored nowhere.`, 'stderr')
  return exitCodes.done
}

async function scopeOf(
  { descriptor, publisher, appointments, 'import-only': importOnly }: Words,
  db: Database,
  { descriptors }: Catalogue,
): Promise<Token['scope']> {
  const said = [descriptor, publisher, appointments].filter((s) => s !== undefined)
  if (said.length !== 1) {
    throw new WrongWords(
      'Say what it may send: --descriptor ID (once or more), --publisher NAME, or --appointments CODE (once or more).',
    )
  }
  if (appointments !== undefined) {
    if (importOnly) throw new WrongWords('--import-only is for tokens that send files.')
    return { appointments: await providersOf(db, appointments) }
  }
  if (publisher !== undefined) {
    const known = [...new Set(descriptors.map((d) => d.publisher))]
    if (!known.includes(publisher)) throw unknown('publisher', publisher, known)
    return { publisher }
  }
  const known = descriptors.map((d) => d.id)
  for (const id of descriptor ?? []) if (!known.includes(id)) throw unknown('descriptor', id, known)
  return { descriptors: [...new Set(descriptor)] }
}

async function providersOf(db: Database, codes: readonly string[]): Promise<readonly string[]> {
  const rows = await db.query<{ code: string }>(
    `select distinct code from subject where kind = 'provider' and code = any($1::text[])`,
    [[...codes]],
  )
  const absent = codes.find((code) => !rows.some((r) => r.code === code))
  if (absent !== undefined) throw new WrongWords(`There is no provider ${absent}.`)
  return [...new Set(codes)]
}

function unknown(what: string, given: string, known: readonly string[]): WrongWords {
  const instead = known.length === 0 ? '' : ` Did you mean “${closest(given, [...known])}”?`
  return new WrongWords(`There is no ${what} “${given}” in the catalogue.${instead}`)
}

async function revoke(number: string, db: Database, say: Say): Promise<number> {
  const id = /^\d{1,9}$/.test(number) ? Number(number) : 0
  const token = await revokeToken(db, id)
  if (token === null) {
    say(`There is no token ${number}.`, 'stderr')
    return codes.refused
  }
  say(`Token ${id} of ${token.name} is revoked: nothing more can be sent with it.`)
  return exitCodes.done
}
