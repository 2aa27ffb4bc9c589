import type { FastifyRequest } from 'fastify'

/** A name or an address of a host, with a port or without: nothing else is ever written anywhere. */
const hostForm = /^(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

type Asked = Pick<FastifyRequest, 'host' | 'protocol'>

/** The host by which a visitor asks: "plumbline.example:3000"; '' where it is none. */
export const siteOf = ({ host }: Pick<Asked, 'host'>): string => (hostForm.test(host) ? host : '')

/**
 * The address by which others find this Plumbline, without a slash at its end.
 * @param address what the operator has set (PLUMBLINE_ADDRESS); null for the one by which the visitor asks,
 * which anybody can make up: a public server must set it.
 */
export function homeOf(request: Asked, address: string | null | undefined): string {
  if (address) return address
  const scheme = request.protocol === 'https' ? 'https' : 'http'
  return `${scheme}://${siteOf(request) || 'localhost'}`
}
