import { join } from 'node:path'
import { exitCodes, type Verbs } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { Downloads, type Make } from '../downloads/downloads.ts'
import { DownloadRefused, madeFile } from '../downloads/make-file.ts'
import type { Asked } from '../downloads/scope.ts'
import { verbCodes } from './verb-words.ts'

const words: Readonly<Record<'indicators' | 'releases' | 'places', string>> = {
  indicators: 'indicator',
  releases: 'release',
  places: 'place',
}

function whatOf({ scope }: Asked): string[] {
  if (scope === null || scope.kind === 'everything') return ['everything']
  return [words[scope.kind], scope.code]
}

/**
 * Downloads of a server: each file is made by the verb that the command line has, on a thread of its own,
 * so that pages are answered meanwhile. Once `signal` is aborted, what is being made is given up.
 */
export function downloadsInThreads(
  db: Database,
  data: string,
  threads: Verbs,
  signal: AbortSignal,
): Downloads {
  const make: Make = async (state, asked, path) => {
    const said: string[] = []
    const args = [...whatOf(asked), `--form=${asked.form}`, `--to=${path}`, '--noted']
    if (state.at !== null) args.push(`--as-of=${state.at}`)
    const exit = await threads.get('download')?.(
      args,
      { db, cwd: data },
      (event) => {
        if (event.kind === 'line' && event.stream === 'stderr') said.push(event.text)
      },
      signal,
    )
    if (exit === verbCodes.refused) throw new DownloadRefused(said.join(' '))
    const made = exit === exitCodes.done ? await madeFile(path) : null
    if (!made) throw new Error(`The download could not be made: ${said.join(' ')}`)
    return made
  }
  return new Downloads(db, join(data, 'downloads'), make)
}
