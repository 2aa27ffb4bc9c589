import { describe, expect, it } from 'vitest'
import { testKinds } from './database/testing.ts'
import { killImports, killPlace, killServers } from './killed-rounds.ts'

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)

describe.each(testKinds)(`killed many times on %s (KILL_SEED=${seed})`, (kind) => {
  it('an import is there as a whole or not at all, and runs again', {
    timeout: 600_000,
  }, async () => {
    const at = await killPlace(kind)
    try {
      // Else the moments would have been chosen badly.
      expect(await killImports(at, 40, seed)).toBeGreaterThan(20)
    } finally {
      await at.remove()
    }
  })

  it('a server leaves what was there, or all that is new', { timeout: 600_000 }, async () => {
    const at = await killPlace(kind)
    try {
      await killServers(at, 15, seed)
    } finally {
      await at.remove()
    }
  })
})
