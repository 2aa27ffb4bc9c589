import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'platform/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
    globalSetup: 'platform/database/testing-setup.ts',
    testTimeout: 180_000,
    hookTimeout: 400_000,
    // Vitest leaves one processor free, which on two would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
