import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { engine } from './engine.ts'

/** A running PGlite thread: the door to ask it through, and how to end it. */
export interface PGliteThread {
  readonly door: MessagePort
  close(): Promise<void>
}

type Said = { ready?: true; closed?: true; failed?: string }

/** Starts the thread that owns PGlite and waits until it serves. */
export async function startPGlite(
  folder: string | null,
  template: string | null = null,
): Promise<PGliteThread> {
  const program = await engine()
  const { port1: door, port2 } = new MessageChannel()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { folder, template, door: port2, program },
    transferList: [port2],
    // What Node was told for the program that starts us (such as --eval) is not for this one.
    execArgv: [],
    // Its heap is passed through by megabytes of statements: a small nursery keeps it small.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  const said = async (): Promise<Said> => {
    const heard = new AbortController()
    const { signal } = heard
    const exit = once(worker, 'exit', { signal }).then(() => [{ failed: 'its thread ended' }])
    try {
      const [answer] = await Promise.race([once(worker, 'message', { signal }), exit])
      return answer as Said
    } finally {
      heard.abort()
      exit.catch(() => {})
    }
  }
  const first = await said()
  if (first.failed !== undefined) {
    door.close()
    await worker.terminate()
    throw new Error(`The database in ${folder ?? 'memory'} could not be opened: ${first.failed}`)
  }
  // Nothing can be answered without it: better an end that is seen than pages that wait for ever.
  const lost = (code: number): void => {
    throw new Error(`The thread of the database ended unexpectedly (${code})`)
  }
  worker.on('exit', lost)
  return {
    door,
    async close() {
      worker.off('exit', lost)
      const closed = said()
      worker.postMessage('close')
      await closed
      door.close()
      await worker.terminate()
    },
  }
}

/** Holds a lock of PGlite's thread while `fn` runs; others wait their turn. */
export async function withPGliteLock<T>(
  door: MessagePort,
  name: string,
  fn: () => Promise<T>,
): Promise<T> {
  const { port1, port2 } = new MessageChannel()
  door.postMessage({ ask: 'lock', name, port: port2 }, [port2])
  await new Promise((resolve) => port1.once('message', resolve))
  try {
    return await fn()
  } finally {
    port1.close()
  }
}
