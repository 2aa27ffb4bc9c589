import { handOver, type Work } from '../control/hand-over.ts'
import { interrupted } from '../control/interrupted.ts'
import { terminal } from '../control/terminal.ts'
import { folderOwner, isHere } from '../database/owner.ts'
import { readSettings, type Settings, WrongSettings } from '../settings.ts'
import { helpFor } from './help.ts'
import { doesWithout, nothingKept } from './no-database.ts'

// What is read here is read whenever somebody types a verb, while the server that does the work answers
// visitors on the same machine: the rest is read by whoever needs it.

/** Where the server that owns the data takes work from the command line; null where none runs here. */
function serverOf({ data, databaseUrl }: Settings): string | null {
  const owner = databaseUrl === null ? folderOwner(data) : null
  return owner && isHere(owner) ? owner.address : null
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
  if (verb === 'start') return (await import('./start-here.ts')).startHere(settings)
  const show = terminal({
    stdout: process.stdout,
    stderr: process.stderr,
    quiet: all.includes('--quiet'),
    json: all.includes('--json'),
  })
  const work: Work = { verb, args: rest, cwd: process.cwd() }
  const nothing = nothingKept(work, settings)
  if (nothing !== null) {
    process.stderr.write(`${nothing}\n`)
    return 1
  }
  const isAlone = doesWithout(work, settings)
  const server = isAlone ? null : serverOf(settings)
  if (server !== null) return handOver(server, work, show, interrupted())
  const { workHere } = await import('./work-here.ts')
  return workHere(settings, work, isAlone, show, interrupted())
}

// Whoever reads what is printed may stop (`| head`): the work that was asked for goes on to its end.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const { CatalogueError } = await import('../evidence/catalogue.ts')
  if (!(error instanceof WrongSettings || error instanceof CatalogueError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
