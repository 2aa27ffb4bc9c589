import { setFlagsFromString } from 'node:v8'

/**
 * Takes less memory, and no more time, for work that is done once: PGlite's code is not optimised as it
 * runs (its parser alone would take 600 MB of it for a second), and garbage is collected when a third more
 * has been taken than is in use. Figures: docs/benchmarks.md.
 */
export function beThrifty(): void {
  // What `--liftoff-only` stands for, which a program that runs already cannot say.
  setFlagsFromString('--no-wasm-dynamic-tiering')
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--heap-growing-percent=30')
}
