import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { Program } from './engine.ts'
import { Server } from './serve.ts'
import { TemplateInMemory, unpackTemplate } from './template.ts'

/** The thread that owns PGlite: the database works here, off the thread that serves pages. */
const { folder, template, door, program } = workerData as {
  folder: string | null
  template: string | null
  door: MessagePort
  program: Program
}

/** Whether the folder has held a database before: then a template is of no use. */
const isNew = folder === null || !existsSync(join(folder, 'PG_VERSION'))

try {
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (folder !== null && template !== null && isNew) unpackTemplate(template, folder)
  const pglite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    ...(folder === null && template !== null ? { fs: new TemplateInMemory(template) } : {}),
    extensions: { pg_trgm },
    pgliteWasmModule: program,
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
