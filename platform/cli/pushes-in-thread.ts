import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, type Verbs } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import { reportSchema } from '../publishing/report-shape.ts'
import { type Carried, type CarryOut, Pushes } from '../pushes/pushes.ts'
import { verbCodes } from './verb-words.ts'

/** Which kind of file it is, and of when, and where the report is to be. */
const formOf = ({ report, descriptor, period }: Carried): string[] => [
  ...['--report=json', `--out=${report}`, `--as=${descriptor}`],
  ...(period === null ? [] : [`--period=${period}`]),
]

function wordsOf(work: Carried): string[] {
  const { token, path, publish, reason } = work
  const role = ['--role=publisher', `--by=${token.name}`, `--reason=${reason}`]
  return [path, ...formOf(work), ...role, '--unnamed', ...(publish ? [] : ['--draft'])]
}

const checkWords = (work: Carried): string[] => [
  ...[work.path, ...formOf(work), '--changes', '--unnamed'],
]

/** Reads and publishes what is sent by the verbs that the command line has: there is no other way in. */
export const carryOutBy =
  (verbs: Verbs, db: Database, cwd: string, signal: AbortSignal): CarryOut =>
  async (work) => {
    const said: string[] = []
    const verb = verbs.get(work.dryRun ? 'check' : 'import')
    const exit = await verb?.(
      work.dryRun ? checkWords(work) : wordsOf(work),
      { db, cwd },
      (event) => {
        if (event.kind === 'line' && event.stream === 'stderr') said.push(event.text)
      },
      signal,
    )
    const text = await readFile(work.report, 'utf8').catch(() => null)
    const report = text === null ? null : reportSchema.parse(JSON.parse(text))
    const outcome =
      exit === exitCodes.done ? 'done' : exit === verbCodes.refused ? 'refused' : 'failed'
    const file = report?.files.find((f) => f.path === work.path) ?? null
    return { outcome, file, said: said.join(' ') }
  }

/** The pushes of a server, each carried out on a thread of its own, so that pages are answered meanwhile. */
export function pushesInThreads(
  { db, data, mostBytes }: { db: Database; data: string; mostBytes: number },
  threads: Verbs,
  descriptors: () => readonly Descriptor[],
  signal: AbortSignal,
): Pushes {
  return new Pushes({
    db,
    folder: join(data, 'pushes'),
    carryOut: carryOutBy(threads, db, data, signal),
    descriptors,
    mostBytes,
    onProblem: (error) =>
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`),
  })
}
