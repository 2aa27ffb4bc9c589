import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './.ci/longest-first.ts'

// What Node has compiled is kept for the files that come later, and for the programs that tests start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'platform/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
    globalSetup: 'platform/database/testing-setup.ts',
    setupFiles: ['./.ci/keep-compiled.ts', './.ci/leave-as-found.ts'],
    testTimeout: 180_000,
    hookTimeout: 400_000,
    // Node loads our files as it does in use, in less than Vite takes to transform them. No test mocks a
    // module (`vi.mock`), which would need Vitest's own loader.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // A process takes one file after the other: what is loaded, compiled and made fast for one is there for the
    // next, which halves the CPU time of most. Of what they could leave behind, .ci/leave-as-found.ts knows.
    isolate: false,
    // Files wait for browsers, servers and other processes a third of their time: one more than there are
    // processors keeps them busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
})
