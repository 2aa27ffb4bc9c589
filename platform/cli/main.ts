#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What was made ready to run once is kept beside the libraries, where nobody else may write: a second
// start takes half the time. Where the folder cannot be written to, all goes on without.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/compiled')
enableCompileCache()
await import('./plumbline.ts')
