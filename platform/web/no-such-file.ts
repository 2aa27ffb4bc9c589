import type { FastifyRequest } from 'fastify'
import { addressOf, type Scope } from '../downloads/scope.ts'
import { nearest } from './api/problem.ts'
import { BadRequest } from './refusals.ts'

/** What an address below `/downloads` takes besides its path. */
const taken = 'as-of'

/**
 * Refuses parameters that a file would have to ignore: who filters here would take all figures for theirs.
 * @throws BadRequest
 */
export function refuseFilters(request: FastifyRequest): void {
  const sent = Object.keys(request.query as object).find((name) => name !== taken)
  if (sent === undefined) return
  throw new BadRequest(
    `A file takes no “${sent.slice(0, 100)}”, only “${taken}”: it holds all that its address names. Ask for a part of it at /api/v1/observations.`,
  )
}

/** What to do instead where there is no such file. */
export function noSuchFile(scope: Scope | null, indicators: readonly string[]): string {
  const all = 'All files are listed at /downloads, and for programs at /downloads.json.'
  if (scope?.kind === 'indicators') {
    const near = nearest(scope.code, indicators)
    const meant =
      near === undefined
        ? ''
        : ` Did you mean ${addressOf({ kind: 'indicators', code: near })}.csv?`
    return `No indicator with figures has the code “${scope.code}”.${meant} ${all}`
  }
  if (scope?.kind === 'releases') {
    return `There is no release ${scope.code}. Releases are listed at /releases, and for programs at /api/v1/releases.`
  }
  if (scope?.kind === 'places') {
    return `There is no place of the code “${scope.code}”. Find its code at /search, or for programs at /api/v1/places.`
  }
  return `There is no such file. ${all}`
}
