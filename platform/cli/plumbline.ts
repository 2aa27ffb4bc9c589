import { setFlagsFromString } from 'node:v8'
import { catalogueFolder } from '../../examples/aldermere/about.ts'
import { carryOut } from '../control/carry-out.ts'
import { interrupted } from '../control/interrupted.ts'
import { terminal } from '../control/terminal.ts'
import { runVerb } from '../control/verb.ts'
import { migrations } from '../database/migrations/index.ts'
import { CatalogueError, loadCatalogue, operatorsFolders } from '../evidence/catalogue.ts'
import { readSettings, WrongSettings } from '../settings.ts'
import { helpFor } from './help.ts'
import { hasDatabase, needsNoDatabase, noDatabase } from './no-database.ts'
import { beginOpening } from './opening.ts'
import { ownPlaceOf } from './own-place.ts'

/** Verbs that only read: they do without a database as long as nothing has been imported. */
const readingVerbs = new Set(['check', 'describe', 'standards'])

/**
 * Takes less memory, and no more time, for work that is done once: PGlite's code is not optimised as it
 * runs (its parser alone would take 600 MB of it for a second), and garbage is collected when a third more
 * has been taken than is in use. Figures: docs/benchmarks.md.
 */
function beThrifty(): void {
  // What `--liftoff-only` stands for, which a program that runs already cannot say.
  setFlagsFromString('--no-wasm-dynamic-tiering')
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--heap-growing-percent=30')
}

/** What the user typed, less the words that every verb shares. */
async function main(all: string[]): Promise<number> {
  const args = all.filter((a) => a !== '--quiet' && a !== '--json')
  const help = helpFor(args)
  if (help !== null) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const [verb = '', ...rest] = args
  const settings = readSettings(process.env)
  const folders = (): string[] => [catalogueFolder, ...operatorsFolders(settings)]
  if (verb === 'start') {
    const opening = beginOpening(settings)
    const { start } = await import('./start.ts')
    return start(settings, folders, opening)
  }
  const catalogue = loadCatalogue(folders())
  const show = terminal({
    stdout: process.stdout,
    stderr: process.stderr,
    quiet: all.includes('--quiet'),
    json: all.includes('--json'),
  })
  beThrifty()
  const place = { folder: settings.data, url: settings.databaseUrl }
  const { makeVerbs } = await import('./verbs.ts')
  const verbs = makeVerbs(
    catalogue,
    { given: settings.recordKey, folder: settings.data },
    ownPlaceOf(settings, settings.address),
  )
  const work = { verb, args: rest, cwd: process.cwd() }
  const isAlone = readingVerbs.has(verb) && !hasDatabase(settings)
  if (isAlone || needsNoDatabase(verb, rest)) {
    const context = { db: noDatabase, cwd: work.cwd }
    return runVerb(verbs, verb, rest, context, show, interrupted())
  }
  return carryOut(work, place, { verbs, migrations }, show, interrupted())
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof WrongSettings || error instanceof CatalogueError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
