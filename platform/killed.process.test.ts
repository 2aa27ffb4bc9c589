import { describe, it } from 'vitest'
import { testKinds } from './database/testing.ts'
import { killImports, killPlace, killServers } from './killed-rounds.ts'

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)

/** Many processes are started, one after the other: on a busy machine that takes its time. */
const timeout = 300_000

/** More of the same: `npm run test:slow`. */
describe.each(testKinds)(`killed at random moments on %s (KILL_SEED=${seed})`, (kind) => {
  it('an import is there as a whole or not at all, and runs again', async () => {
    const at = await killPlace(kind)
    try {
      await killImports(at, 2, seed)
    } finally {
      await at.remove()
    }
  })

  it('a server that answers and imports leaves what was there, or all that is new', {
    timeout,
  }, async () => {
    const at = await killPlace(kind)
    try {
      await killServers(at, 1, seed)
    } finally {
      await at.remove()
    }
  })
})
