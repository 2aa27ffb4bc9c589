import { mkdirSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Server } from './serve.ts'

/** The thread that owns PGlite: the database works here, off the thread that serves pages. */
const { folder, door } = workerData as { folder: string | null; door: MessagePort }

try {
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pglite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    extensions: { pg_trgm },
  })
  new Server(pglite).door(door)
  parentPort?.on('message', async () => {
    await pglite.close()
    parentPort?.postMessage({ closed: true })
  })
  parentPort?.postMessage({ ready: true })
} catch (error) {
  parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) })
}
