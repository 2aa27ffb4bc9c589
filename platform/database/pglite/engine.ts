import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A compiled program, which threads may share; what is in it is for PGlite alone to know. */
export type Program = object

/** Node has it; its types lack it. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Program> }

let compiled: Promise<Program> | null = null

/**
 * PGlite's program, compiled once for all threads of this process. Each that opens a database takes over what
 * those before it made fast, and is open in half of the time.
 */
export function engine(): Promise<Program> {
  compiled ??= readFile(
    fileURLToPath(import.meta.resolve('@electric-sql/pglite/pglite.wasm')),
  ).then((bytes) => WebAssembly.compile(bytes))
  return compiled
}
