import { defineConfig } from 'vitest/config'

/** Tests that take minutes: simulations. */
export default defineConfig({
  test: {
    include: ['packages/**/*.slow.test.ts', 'platform/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
