import { defineConfig } from 'vitest/config'

/** Tests that take minutes: `npm run test:slow`. */
export default defineConfig({
  test: {
    include: [
      'platform/**/*.slow.test.ts',
      'packages/**/*.slow.test.ts',
      'examples/**/*.slow.test.ts',
    ],
    globalSetup: 'platform/database/testing-setup.ts',
    // As vitest.config.ts has it.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
})
