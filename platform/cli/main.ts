#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// Where much of what some code makes outlives its first collection of garbage, as while many wait for their pages, V8
// puts all that this code makes from then on among its long-lived objects, and each page would stay with all that it
// was made from until the next major collection. Collecting took three times as long.
setFlagsFromString('--no-allocation-site-pretenuring')
// What was made ready to run once is kept beside the libraries, where nobody else may write: a second
// start takes half the time. Where the folder cannot be written to, all goes on without.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/compiled')
enableCompileCache()
await import('./plumbline.ts')
