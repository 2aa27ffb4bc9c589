import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { runVerb } from '../control/verb.ts'
import { openShared, type ShareHandle } from '../database/database.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import type { KeyPlace } from '../record/key.ts'
import type { FromThread, ToThread } from './in-thread.ts'
import type { OwnPlace } from './own-place.ts'
import { makeVerbs } from './verbs.ts'

interface Work {
  readonly verb: string
  readonly args: string[]
  readonly cwd: string
  readonly folders: readonly string[]
  readonly keys: KeyPlace
  readonly own: OwnPlace | null
  readonly handle: ShareHandle
}

const { verb, args, cwd, folders, keys, own, handle } = workerData as Work
const send = (message: FromThread): void => parentPort?.postMessage(message)
// Pages come first. On Linux a thread has a priority of its own; elsewhere this would be the server's.
if (process.platform === 'linux') setPriority(0, 10)
const cancelled = new AbortController()
let readAhead = (): void => {}
parentPort?.on('message', (what: ToThread) => {
  if (what === 'cancel') cancelled.abort()
  readAhead()
})
const ahead = (publication: number): Promise<void> =>
  new Promise((resolve) => {
    readAhead = resolve
    send({ ahead: publication })
  })
try {
  const db = await openShared(handle)
  const verbs = makeVerbs(loadCatalogue(folders), keys, own)
  const emit = (event: Parameters<Parameters<typeof runVerb>[4]>[0]): void => send({ event })
  const exit = await runVerb(verbs, verb, args, { db, cwd, ahead }, emit, cancelled.signal)
  await db.close()
  send({ exit })
} catch (error) {
  send({ failed: error instanceof Error ? error.message : String(error) })
}
