import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** An address that nothing may be sent to; the message says why. */
export class AddressRefused extends Error {
  override name = 'AddressRefused'
}

/** All that has been given out of IPv6 (RFC 4291); what lies outside leads nowhere, or back here. */
const givenOut = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an IP address is one of the open internet: not of this machine, a private network or a special use. */
export function isPublic(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  if (address instanceof ipaddr.IPv6 && !address.match(givenOut)) return false
  return address.range() === 'unicast'
}

const refusedIp = 'It leads to a private address, of this machine or its network.'

/**
 * Parses the address of a webhook.
 * @param allowPrivate takes private addresses and plain http as well.
 * @throws AddressRefused
 */
export function webhookAddress(text: string, allowPrivate: boolean): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || text.length > 2000) {
    throw new AddressRefused('It must be an address such as https://example.org/plumbline.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new AddressRefused('It may hold no name or password: messages are signed instead.')
  }
  if (allowPrivate) return url
  if (url.protocol !== 'https:') throw new AddressRefused('It must begin with https://.')
  // What is sent to a number is not looked up; `lookupPublic` sees names alone.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (ipaddr.isValid(host) && !isPublic(host)) throw new AddressRefused(refusedIp)
  return url
}

/**
 * Looks up a name for a connection, and refuses it where any of its addresses is not public: what is
 * connected to is what was checked.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, [])
    const [first] = found
    if (!first || !found.every(({ address }) => isPublic(address))) {
      return done(new AddressRefused(refusedIp), [])
    }
    if (options.all) return done(null, found)
    return done(null, first.address, first.family)
  })
}
