import { type OpenedPlace, openPlace } from '../control/carry-out.ts'
import { interrupted } from '../control/interrupted.ts'
import { migrations } from '../database/migrations/index.ts'
import { FolderOwned } from '../database/owner.ts'
import type { Settings } from '../settings.ts'

/** Whether SIGINT or SIGTERM has asked this process to end; a second one ends it at once. */
export interface Stop {
  readonly signal: AbortSignal
  readonly asked: Promise<void>
}

/** A server that starts. */
export interface Opening {
  readonly stop: Stop
  /** Its database, brought up to date; else the exit code, and why has been said. */
  readonly opened: Promise<OpenedPlace | number>
}

/**
 * Begins to open a server's database, which does so on a thread of its own: meanwhile the rest of the
 * server's code can be read. From the first moment a signal ends the process in order.
 */
export function beginOpening(settings: Pick<Settings, 'data' | 'databaseUrl'>): Opening {
  const stop = stopped()
  const place = { folder: settings.data, url: settings.databaseUrl }
  const opened = openPlace(place, migrations).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof FolderOwned ? 73 : 1
  })
  return { stop, opened }
}

function stopped(): Stop {
  const signal = interrupted()
  const asked = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  return { signal, asked }
}
