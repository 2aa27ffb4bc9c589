import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes, type Verb, type VerbContext } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { withoutInvented } from '../evidence/invented-only.ts'
import { makeReader } from '../reader.ts'
import { checkStandards } from '../standards/check.ts'
import { type Outcome, outcomes } from '../standards/judge.ts'
import type { Standard } from '../standards/standard.ts'
import { stateIn } from '../standards/store.ts'
import { type Tried, tryStandard } from '../standards/try.ts'
import { askedText } from '../web/pages/standards/judgement-words.ts'
import { tally } from '../web/pages/standards/standards.ts'
import * as words from '../web/words.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

type Say = (text: string, stream?: 'stdout' | 'stderr') => void

const flags = { service: { type: 'string' } } as const
const read = (args: string[]) => parseArgs({ args, options: flags, allowPositionals: true })

/**
 * `plumbline standards` lists the standards with what they judge; `standards check FILE` says what is
 * wrong with a file of them; `standards try FILE` how many would meet them now. Nothing is stored.
 */
export function makeStandardsVerb(catalogue: Catalogue): Verb {
  return async (args, context, emit) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    let asked: ReturnType<typeof read>
    try {
      asked = read(args)
    } catch (error) {
      say((error as Error).message, 'stderr')
      return codes.wrongWords
    }
    const [act, file, ...more] = asked.positionals
    if (act === undefined) return list(catalogue, asked.values.service, context, say)
    if ((act !== 'check' && act !== 'try') || file === undefined || more.length > 0) {
      say('Say which file, such as: plumbline standards check floor.json', 'stderr')
      return codes.wrongWords
    }
    const path = resolve(context.cwd, file)
    if (!existsSync(path)) {
      say(`There is no file ${path}.`, 'stderr')
      return codes.wrongWords
    }
    return act === 'check'
      ? check(path, catalogue, context, say)
      : tryFile(path, catalogue, context, say)
  }
}

/** "Progress in maths: at least -5.0". */
const asks = (standard: Standard, threshold: number, indicator: Indicator): string =>
  `${indicator.name}: ${askedText(standard, threshold, indicator).replace(/,$/, '')}`

const countsText = (counts: Readonly<Record<Outcome, number>>): string =>
  outcomes.map((o) => `${words.number(counts[o], 0)} ${o}`).join(', ')

async function list(
  catalogue: Catalogue,
  service: string | undefined,
  { db }: VerbContext,
  say: Say,
): Promise<number> {
  if (service !== undefined && !catalogue.services.some((s) => s.code === service)) {
    const known = catalogue.services.map((s) => s.code).join(', ')
    say(`There is no service ${service}. There are: ${known}.`, 'stderr')
    return codes.wrongWords
  }
  const reader = makeReader(db, catalogue)
  const state = await reader.state()
  const indicators = await reader.indicators(state)
  const judged = await reader.standards.all(state)
  const known = state.invented ? catalogue : withoutInvented(catalogue)
  const some = [...known.standards.values()].filter(
    (s) => service === undefined || s.service === service,
  )
  say(`${words.number(some.length, 0)} ${some.length === 1 ? 'standard' : 'standards'}.`)
  for (const standard of some) {
    const latest = judged.get(standard.code)?.periods.at(-1)
    const indicator = indicators.get(standard.indicator)
    const fixed = 'fixed' in standard.threshold ? standard.threshold.fixed : null
    const threshold = latest?.threshold ?? fixed
    const what = indicator && threshold !== null ? `${asks(standard, threshold, indicator)}. ` : ''
    say('')
    say(`${standard.code} (${standard.kind}, ${stateIn(standard, state)}): ${standard.name}`)
    say(
      latest
        ? `  ${what}${words.period(latest.period)}: ${countsText(tally(latest))}.`
        : `  ${what}Nobody is judged by it.`,
    )
  }
  return exitCodes.done
}

/** What a file holds; its problems and notes are said at once. */
async function checked(
  path: string,
  catalogue: Catalogue,
  { db }: VerbContext,
  say: Say,
): Promise<ReturnType<typeof checkStandards>> {
  const reader = makeReader(db, catalogue)
  const indicators = await reader.indicators(await reader.state())
  const found = checkStandards(await readFile(path, 'utf8'), catalogue, indicators)
  for (const problem of found.problems) say(problem, 'stderr')
  for (const note of found.notes) say(`Note: ${note}`, 'stderr')
  return found
}

async function check(
  path: string,
  catalogue: Catalogue,
  context: VerbContext,
  say: Say,
): Promise<number> {
  const { standards, problems } = await checked(path, catalogue, context, say)
  if (problems.length > 0) return codes.refused
  for (const s of standards) say(`${s.code}: it can be taken into a catalogue.`)
  return exitCodes.done
}

const mostPeriods = 5

async function tryFile(
  path: string,
  catalogue: Catalogue,
  context: VerbContext,
  say: Say,
): Promise<number> {
  const { standards, problems } = await checked(path, catalogue, context, say)
  if (problems.length > 0) return codes.refused
  const reader = makeReader(context.db, catalogue)
  const state = await reader.state()
  const indicators = await reader.indicators(state)
  for (const standard of standards) {
    const figures = { catalogue, indicators, others: standards }
    const tried = await tryStandard(context.db, state, standard, figures)
    const indicator = indicators.get(standard.indicator)
    const threshold = tried.at(-1)?.threshold
    say(
      indicator && threshold !== undefined
        ? `${standard.code}: ${asks(standard, threshold, indicator)}.`
        : `${standard.code}: nobody would be judged by it, as nothing is published of that indicator in its periods.`,
    )
    for (const { period, counts } of latestFirst(tried)) {
      say(`  ${words.period(period)}: ${countsText(counts)}.`)
    }
  }
  say('Nothing was stored.')
  return exitCodes.done
}

const latestFirst = (tried: readonly Tried[]): readonly Tried[] =>
  tried.slice(-mostPeriods).reverse()
