import { existsSync, mkdirSync, openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Server } from './serve.ts'

/** The thread that owns PGlite: the database works here, off the thread that serves pages. */
const { folder, template, door } = workerData as {
  folder: string | null
  template: string | null
  door: MessagePort
}

/** Whether the folder has held a database before: then a template is of no use. */
const isNew = folder === null || !existsSync(join(folder, 'PG_VERSION'))

try {
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pglite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    ...(template === null || !isNew ? {} : { loadDataDir: await openAsBlob(template) }),
    extensions: { pg_trgm },
    // Half of PostgreSQL's own: the system keeps the files in memory too, and publishing has to do with 1,000 MB.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=64MB'],
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
