import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homeOf, siteOf } from './home-address.ts'

describe('the address by which others find this Plumbline', () => {
  it.each([
    ['plumbline.example', 'plumbline.example'],
    ['plumbline.example:3000', 'plumbline.example:3000'],
    ['127.0.0.1:80', '127.0.0.1:80'],
    ['[::1]:3000', '[::1]:3000'],
    ['xn--80ak6aa92e.example', 'xn--80ak6aa92e.example'],
    ['', ''],
    ['a b', ''],
    ['a/b', ''],
    ['a@b', ''],
    ['a:b', ''],
    ['a:1:2', ''],
    ['[a', ''],
    ['-a', ''],
    ['a\n', ''],
  ])('of the host %j is %j', (host, site) => {
    expect(siteOf({ host })).toBe(site)
  })

  it('is the operator’s where one is set, whatever is asked', () => {
    const asked = { host: 'evil.example', protocol: 'http' as const }
    expect(homeOf(asked, 'https://plumbline.example')).toBe('https://plumbline.example')
    expect(homeOf(asked, null)).toBe('http://evil.example')
  })

  it('holds nothing that could end an address, an attribute or a line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (host) => {
        const home = homeOf({ host, protocol: 'http' }, null)
        expect(home).toMatch(/^http:\/\/[A-Za-z0-9._:[\]-]+$/)
        expect(URL.canParse(home) || /:\d+$|[._-]/.test(home)).toBe(true)
      }),
    )
  })
})
