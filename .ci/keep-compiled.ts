import { flushCompileCache } from 'node:module'
import { afterAll } from 'vitest'

// A test file's process is ended by a signal, before Node would keep what it has compiled.
afterAll(() => flushCompileCache())
