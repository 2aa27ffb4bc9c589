import { parseArgs } from 'node:util'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Database, Queries } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { allGrants, GrantRefused, grantWithin, revokeWithin } from '../people/grants.ts'
import { type RoleNews, tellOfRole } from '../people/role-letters.ts'
import { type Grant, grantedRoles, grantWords, type Scope } from '../people/roles.ts'
import {
  type AccountRequest,
  openAccount,
  shutAccount,
  signOutEverywhere,
} from '../people/shutting.ts'
import { makeReader } from '../reader.ts'
import { namedScope } from '../web/role-name.ts'
import type { OwnPlace } from './own-place.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const flags = {
  role: { type: 'string' },
  service: { type: 'string' },
  place: { type: 'string' },
  provider: { type: 'string' },
  everywhere: { type: 'boolean' },
  from: { type: 'string' },
  until: { type: 'string' },
  why: { type: 'string' },
} as const

const read = (args: string[]) => parseArgs({ args, options: flags, allowPositionals: true })
type Words = ReturnType<typeof read>['values']
type Say = (text: string, stream?: 'stdout' | 'stderr') => void

/** Who gave a role, on the public record: whoever may use the command line runs this Plumbline. */
const operator = 'operator'

const needsReach =
  'Say how far the role reaches, by one of: --provider CODE, --place CODE, --service CODE, or --everywhere for everything here.'

const untold =
  'No email tells them: it is not known where people find this Plumbline. Set PLUMBLINE_ADDRESS, or do this while the server runs.'

const usage = `Say what to do with people and their roles, such as:
  plumbline people grant ada@example.org --role steward --everywhere --why "appointed by the council"
  plumbline people revoke 3 --why "has left"
  plumbline people sign-out ada@example.org
  plumbline people shut ada@example.org --why "sends insults"
  plumbline people open ada@example.org --why "has apologised"
  plumbline people list`

/**
 * `plumbline people grant EMAIL --role ROLE --everywhere`, `people revoke NUMBER`, `people list`, and
 * `people sign-out EMAIL`, `people shut EMAIL`, `people open EMAIL`. Without `own` nobody is written to.
 */
export function makePeopleVerb(catalogue: Catalogue, own: OwnPlace | null = null): Verb {
  const home = own?.home ?? null
  return async (args, { db }, emit: (event: ProgressEvent) => void) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    try {
      const { positionals, values } = read(args)
      const [act, what] = positionals
      if (act === 'list') return await list(db, say)
      if (act === 'grant' && what !== undefined) {
        return await grant({ db, catalogue, home }, what, values, say)
      }
      if (act === 'revoke' && /^\d{1,9}$/.test(what ?? '')) {
        return await revoke({ db, catalogue, home }, Number(what), values.why ?? '', say)
      }
      if (what !== undefined && (act === 'sign-out' || act === 'shut' || act === 'open')) {
        await account(db, act, { email: what, why: values.why ?? '' }, say)
        return exitCodes.done
      }
      say(usage, 'stderr')
      return codes.wrongWords
    } catch (error) {
      if ((error as { code?: string }).code?.startsWith('ERR_PARSE')) {
        say((error as Error).message, 'stderr')
        return codes.wrongWords
      }
      if (!(error instanceof GrantRefused)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }
}

async function account(
  db: Database,
  act: 'sign-out' | 'shut' | 'open',
  asked: AccountRequest,
  say: Say,
): Promise<void> {
  if (act === 'sign-out') {
    const ended = await signOutEverywhere(db, asked.email)
    say(`${ended} ${ended === 1 ? 'session' : 'sessions'} ended. They can sign in again.`)
  } else if (act === 'shut') {
    await shutAccount(db, asked, operator)
    say('Shut: every session has ended, and nobody can sign in to it.')
    say(
      'The public record says so, with your reason and without a name. Its roles stay: people list',
    )
  } else {
    await openAccount(db, asked, operator)
    say('Open again. The public record says so, with your reason and without a name.')
  }
}

interface GrantPlace {
  readonly db: Database
  readonly catalogue: Catalogue
  /** Where letters lead; null where nobody has said, so that none is written. */
  readonly home: string | null
}

async function revoke(place: GrantPlace, id: number, why: string, say: Say): Promise<number> {
  const { db } = place
  const [held] = (await allGrants(db)).filter((g) => g.id === id)
  const tell = await telling(place, 'taken-back', held?.scope ?? { kind: 'whole' })
  const done = await db.transaction(async (tx) => {
    const taken = await revokeWithin(tx, { id, why }, operator)
    await tell?.(tx, taken)
    return taken
  })
  say(`Taken back: ${grantWords(done)}. The public record says so, without a name.`)
  if (!tell) say(untold)
  return exitCodes.done
}

/** Writes to a role's holder; null where there is no address to lead to. The names are read before anything is done. */
async function telling({ db, catalogue, home }: GrantPlace, news: RoleNews, reach: Scope) {
  if (home === null) return null
  const scope = await namedScope(makeReader(db, catalogue), reach)
  return (tx: Queries, grant: Grant) => tellOfRole(tx, { news, grant, scope, by: operator, home })
}

async function grant(
  place: GrantPlace,
  email: string,
  { role, from, until, why, everywhere, ...reach }: Words,
  say: Say,
): Promise<number> {
  const kinds = (['service', 'place', 'provider'] as const).filter((k) => reach[k] !== undefined)
  if (role === undefined || why === undefined) {
    say(`Give --role (one of ${grantedRoles.join(', ')}), and --why.`, 'stderr')
    return codes.wrongWords
  }
  // Everything is never meant by a reach that was left out.
  if (kinds.length + (everywhere === true ? 1 : 0) !== 1) {
    say(`${needsReach} Nothing was granted.`, 'stderr')
    return codes.wrongWords
  }
  const [kind] = kinds
  const code = kind === undefined ? '' : (reach[kind] ?? '')
  const { db, catalogue } = place
  if (kind !== undefined) await mustBeThere(db, catalogue, kind, code)
  const request = {
    email,
    role,
    scope: kind ?? 'whole',
    code,
    from: from ?? new Date().toISOString().slice(0, 10),
    until: until ?? null,
    why,
  }
  const tell = await telling(
    place,
    'granted',
    kind === undefined ? { kind: 'whole' } : { kind, code },
  )
  const made = await db.transaction(async (tx) => {
    const granted = await grantWithin(tx, request, operator)
    await tell?.(tx, granted)
    return granted
  })
  say(`Granted as number ${made.id}: ${grantWords(made)}, ${daysOf(made)}.`)
  say('The public record says so, without the address. They sign in at /sign-in.')
  if (!tell) say(untold)
  return exitCodes.done
}

/** A role of what is not there would count for nothing, and nobody would notice. */
async function mustBeThere(
  db: Database,
  catalogue: Catalogue,
  kind: 'service' | 'place' | 'provider',
  code: string,
): Promise<void> {
  const reader = makeReader(db, catalogue)
  if (kind === 'service') {
    if (reader.service(code)) return
    const known = catalogue.services.map((s) => s.code).join(', ')
    throw new GrantRefused(`There is no service ${code}. There are: ${known}.`)
  }
  const subject = await reader.subject(await reader.state(), code)
  if (subject?.kind !== kind) throw new GrantRefused(`No ${kind} here has the code ${code}.`)
}

async function list(db: Database, say: Say): Promise<number> {
  const all = await allGrants(db)
  if (all.length === 0) {
    say(
      'Nobody has a role yet. The first: plumbline people grant EMAIL --role steward --everywhere --why TEXT',
    )
  }
  for (const g of all) {
    say(
      `${g.id}  ${g.email} (${g.pseudonym}${g.invented ? ', example' : ''}): ${grantWords(g)}, ${daysOf(g)}`,
    )
    say(`    by ${g.grantedBy}: ${g.why}`)
  }
  return exitCodes.done
}

const daysOf = ({ from, until }: Grant): string =>
  `from ${from} ${until === null ? 'without an end' : `until ${until}`}`
