import { Worker } from 'node:worker_threads'
import { exitCodes, type ProgressEvent, type Verb, type Verbs } from '../control/verb.ts'
import type { KeyPlace } from '../record/key.ts'
import { type Ahead, noneAhead } from './ahead.ts'
import type { OwnPlace } from './own-place.ts'

export type FromThread =
  | { event: ProgressEvent }
  /** A publication is computed and waits to be read ahead. */
  | { ahead: number }
  | { exit: number }
  | { failed: string }

export type ToThread = 'cancel' | 'read ahead'

/**
 * The same verbs, each carried out on a thread of its own over the shared database, so that a
 * server keeps answering while a file is read and published. `folders` finds those of the catalogue,
 * or throws where it is wrong, before each piece of work; `ahead` reads what is about to be published;
 * `own` is what verbs must know to write to people.
 */
export function inThreads(
  names: Iterable<string>,
  folders: () => readonly string[],
  keys: KeyPlace,
  ahead: Ahead = noneAhead,
  own: () => OwnPlace | null = () => null,
): Verbs {
  return new Map([...names].map((name) => [name, inThread(name, folders, keys, ahead, own)]))
}

function inThread(
  verb: string,
  folders: () => readonly string[],
  keys: KeyPlace,
  ahead: Ahead,
  own: () => OwnPlace | null,
): Verb {
  return async (args, { db, cwd }, emit, signal) => {
    const workerFolders = folders()
    const handle = db.share()
    const transferList = handle.kind === 'pglite' ? [handle.door] : []
    const worker = new Worker(new URL('./verb-thread.ts', import.meta.url), {
      workerData: { verb, args, cwd, folders: workerFolders, keys, own: own(), handle },
      transferList,
      // A file that is a trap ends its own work, not the server.
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    })
    const tell = (what: ToThread): void => worker.postMessage(what)
    const cancel = (): void => tell('cancel')
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    let isRead = false
    let hasCounted = false
    return new Promise<number>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if ('event' in message) emit(message.event)
        else if ('ahead' in message) {
          isRead = true
          void ahead.read(message.ahead).finally(() => tell('read ahead'))
        } else if ('exit' in message) {
          hasCounted = message.exit === exitCodes.done
          resolve(message.exit)
        } else reject(new Error(message.failed))
      })
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('The work ended before it was done.')))
    }).finally(async () => {
      signal.removeEventListener('abort', cancel)
      void worker.terminate()
      if (!isRead) return
      if (hasCounted) await ahead.counted()
      else ahead.forget()
    })
  }
}
