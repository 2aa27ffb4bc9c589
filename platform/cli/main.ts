#!/usr/bin/env node
import { catalogueFolder } from '../../examples/aldermere/about.ts'
import { carryOut } from '../control/carry-out.ts'
import { interrupted } from '../control/interrupted.ts'
import { terminal } from '../control/terminal.ts'
import { runVerb } from '../control/verb.ts'
import { migrations } from '../database/migrations/index.ts'
import { CatalogueError, loadCatalogue, operatorsFolders } from '../evidence/catalogue.ts'
import { readSettings, WrongSettings } from '../settings.ts'
import { hasDatabase, noDatabase } from './no-database.ts'
import { needsNoDatabase } from './record-verb.ts'
import { start } from './start.ts'
import { makeVerbs } from './verbs.ts'

const help = `Plumbline: from published files to honest comparison.

  plumbline start               serve the pages (settings: docs/operations.md)
  plumbline import PATH ...     read files or folders and publish what they hold
      --paper                   the figures that the paper of 2008 gives, where they were withdrawn
      --accept N                take the rest although N rows are refused
      --draft                   keep as drafts; publish later
      --by NAME --reason TEXT   who publishes, and why
  plumbline check PATH ...      check files and store nothing
      --report text|json|html   every rule with its lines; --out FILE writes it there
      --columns                 name the columns that were read, only checked or ignored
  plumbline describe FILE       draft a descriptor of an unknown CSV for a person to finish
      --name REGEX              what names of such files look like; --out FILE
  plumbline publish ID ...      publish drafts
  plumbline withdraw ID --reason TEXT
  plumbline desk                what needs attention: --first N --kind KIND --service CODE
  plumbline desk answer SIGNAL --plan TEXT --until DAY --as ROLE
      --accept TEXT, --explain TEXT  in place of a plan; --by NAME --on DAY --indicator CODE
  plumbline record verify [FILE]  check the public record, or an exported one
      --checkpoint FILE         one that you kept; --key KEY trust this key alone
  plumbline record export       the whole record; --out FILE
  plumbline record checkpoint   sign the record as it stands
  plumbline record erase N NAME --reason TEXT   erase a personal detail of an entry
  plumbline record key NAME     make a key to sign with
  plumbline download everything --to FOLDER  all that is published, as a data package
      --form csv|jsonl|parquet|zip  one file in place of the folder
  plumbline download indicator CODE|release N|place CODE --form csv|jsonl|parquet --to FILE
      --as-of DAY               as it was on another day
  Everywhere: --quiet (no progress), --json (progress and lines as JSON)

Exit codes: 0 done, 1 failed, 2 refused, 3 wrong words, 64 no such verb, 73 the data belong to
another process, 75 the server went away, 130 cancelled.`

/** Verbs that only read: they do without a database as long as nothing has been imported. */
const readingVerbs = new Set(['check', 'describe'])

/** What the user typed, less the words that every verb shares. */
async function main(all: string[]): Promise<number> {
  const args = all.filter((a) => a !== '--quiet' && a !== '--json')
  const [verb, ...rest] = args
  if (verb === undefined || verb === 'help' || verb === '--help') {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const settings = readSettings(process.env)
  const folders = (): string[] => [catalogueFolder, ...operatorsFolders(settings)]
  const catalogue = loadCatalogue(folders())
  if (verb === 'start') return start(settings, folders)
  const show = terminal({
    stdout: process.stdout,
    stderr: process.stderr,
    quiet: all.includes('--quiet'),
    json: all.includes('--json'),
  })
  const place = { folder: settings.data, url: settings.databaseUrl }
  const verbs = makeVerbs(catalogue, { given: settings.recordKey, folder: settings.data })
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
