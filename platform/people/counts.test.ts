import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkOf } from './counts.ts'

describe('the network that counts as one asker', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is of %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })

  it('is the same for all addresses of one home, and differs between homes', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (a, b) => {
        fc.pre(!a.includes('.') && !b.includes('.'))
        const half = (ip: string): string => new URL(`http://[${ip}]`).hostname
        const full = (ip: string): string[] => {
          const [head = '', tail] = half(ip).slice(1, -1).split('::')
          const parts = (s = ''): string[] => s.split(':').filter(Boolean)
          const [x, y] = [parts(head), parts(tail)]
          return [...x, ...Array.from({ length: 8 - x.length - y.length }, () => '0'), ...y]
        }
        const isSame = full(a).slice(0, 4).join() === full(b).slice(0, 4).join()
        expect(networkOf(a) === networkOf(b)).toBe(isSame)
      }),
    )
  })
})
