import { Worker } from 'node:worker_threads'
import type { ProgressEvent, Verb, Verbs } from '../control/verb.ts'
import type { KeyPlace } from '../record/key.ts'

export type FromThread = { event: ProgressEvent } | { exit: number } | { failed: string }

/**
 * The same verbs, each carried out on a thread of its own over the shared database, so that a
 * server keeps answering while a file is read and published. `folders` finds those of the catalogue,
 * or throws where it is wrong, before each piece of work.
 */
export function inThreads(
  names: Iterable<string>,
  folders: () => readonly string[],
  keys: KeyPlace,
): Verbs {
  return new Map([...names].map((name) => [name, inThread(name, folders, keys)]))
}

function inThread(verb: string, folders: () => readonly string[], keys: KeyPlace): Verb {
  return async (args, { db, cwd }, emit, signal) => {
    const workerFolders = folders()
    const handle = db.share()
    const transferList = handle.kind === 'pglite' ? [handle.door] : []
    const worker = new Worker(new URL('./verb-thread.ts', import.meta.url), {
      workerData: { verb, args, cwd, folders: workerFolders, keys, handle },
      transferList,
      // A file that is a trap ends its own work, not the server.
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    })
    const cancel = (): void => worker.postMessage('cancel')
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    return new Promise<number>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if ('event' in message) emit(message.event)
        else if ('exit' in message) resolve(message.exit)
        else reject(new Error(message.failed))
      })
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('The work ended before it was done.')))
    }).finally(() => {
      signal.removeEventListener('abort', cancel)
      void worker.terminate()
    })
  }
}
