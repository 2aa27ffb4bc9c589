import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by a fifth at a time instead of doubling: reading and publishing leave much
 * behind that nobody needs. On all the published files this saves a third of 1.6 GB for a fifth more
 * time. Not for the server, whose pages would wait for the collector.
 */
export function beFrugal(): void {
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--max-semi-space-size=8')
}
