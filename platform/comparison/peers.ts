import type { Service } from '../evidence/indicator.ts'

/** How many peers each provider has: exactly so many others, never itself. */
export const peerCount = 30

/** Indicators whose latest values a service's peer groups rest on. */
export function peerIndicators(service: Service): string[] {
  return service.peers.filter((p) => !p.from.startsWith('fact:')).map((p) => p.from)
}
