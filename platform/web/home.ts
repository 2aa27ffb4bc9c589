import type { FastifyRequest } from 'fastify'

/**
 * The address by which others find this Plumbline, without a slash at its end.
 * @param address what the operator has set; null for the address by which this visitor asks.
 */
export function homeOf(request: FastifyRequest, address: string | null): string {
  if (address !== null) return address
  const host = /^[A-Za-z0-9.:[\]-]{1,255}$/.test(request.host) ? request.host : 'localhost'
  return `${request.protocol}://${host}`
}
