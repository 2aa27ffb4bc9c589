import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'

/** A running PGlite thread: the door to ask it through, and how to end it. */
export interface PGliteThread {
  readonly door: MessagePort
  close(): Promise<void>
}

type Said = { ready?: true; closed?: true; failed?: string }

/** Starts the thread that owns PGlite and waits until it serves. */
export async function startPGlite(folder: string | null): Promise<PGliteThread> {
  const { port1: door, port2 } = new MessageChannel()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { folder, door: port2 },
    transferList: [port2],
  })
  const said = (): Promise<Said> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => resolve({ failed: 'its thread ended' }))
    })
  const first = await said()
  if (first.failed !== undefined) {
    door.close()
    await worker.terminate()
    throw new Error(`The database in ${folder ?? 'memory'} could not be opened: ${first.failed}`)
  }
  return {
    door,
    async close() {
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
