import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AddressRefused, isPublic, lookupPublic, webhookAddress } from './address.ts'
import { send } from './send.ts'
import { newSecret, signedHeaders } from './sign.ts'
import { type Receiver, receiver } from './testing.ts'

describe('a signature', () => {
  it('is that of the published example', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
    const headers = signedHeaders(secret, { id, at: 1614265330, body: '{"test": 2432232314}' })
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('holds for the library of the standard, whatever is said, and for nothing else', () => {
    const secret = newSecret()
    const reader = new Webhook(secret)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const body = JSON.stringify({ text })
        const at = Math.floor(Date.now() / 1000)
        const headers = { ...signedHeaders(secret, { id: 'msg_1', at, body }) }
        expect(reader.verify(body, headers)).toEqual({ text })
        expect(() => reader.verify(`${body} `, headers)).toThrow()
        expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow()
      }),
    )
  })
})

describe('an address', () => {
  it.each([
    ...[
      '127.0.0.1',
      '127.1.2.3',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...[
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '192.0.2.1',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
    ],
    ...[
      '::ffff:127.0.0.1',
      '::7f00:1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'ff02::1',
      'no',
    ],
  ])('%s is not public', (ip) => expect(isPublic(ip)).toBe(false))

  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is', (ip) =>
    expect(isPublic(ip)).toBe(true),
  )

  it.each([
    ...['http://example.org/', 'https://127.0.0.1/', 'https://[::1]/', 'https://2130706433/'],
    ...['https://0x7f.1/', 'https://u:p@example.org/', 'ftp://example.org/', 'no'],
    ...['https://[::ffff:10.0.0.1]/', 'file:///etc/passwd'],
  ])('%s is refused', (text) => {
    expect(() => webhookAddress(text, false)).toThrow(AddressRefused)
  })

  it('on this machine is taken where that is allowed', () => {
    expect(webhookAddress('http://127.0.0.1:9/x', true).port).toBe('9')
    expect(webhookAddress('https://example.org/x', false).hostname).toBe('example.org')
  })

  it.each([true, false])(
    'that a private one hides behind is refused as it is looked up',
    async (all) => {
      const failed = await new Promise((resolve) => {
        lookupPublic('localhost', { all }, (error) => resolve(error))
      })
      expect(failed).toBeInstanceOf(AddressRefused)
    },
  )
})

describe('sending', () => {
  let other: Receiver
  const secret = newSecret()
  const message = { id: 'msg_1', body: '{"a":"£"}' }
  const sent = (address: string, wait = 30_000) =>
    send({ address, secret }, message, { allowPrivate: true, wait })
  beforeAll(async () => {
    other = await receiver()
  })
  afterAll(() => other.close())

  it('says what was answered, whatever that is, and follows nothing', async () => {
    for (const status of [204, 200, 500, 302, 410]) {
      other.answer(() => status)
      const before = other.received.length
      expect(await sent(other.address)).toEqual({ status })
      expect(other.received.length).toBe(before + 1)
    }
    const last = other.received.at(-1)
    expect(last?.headers['content-type']).toBe('application/json')
    expect(new Webhook(secret).verify(last?.body ?? '', { ...last?.headers })).toEqual({ a: '£' })
  })

  it('waits no longer than it has to', async () => {
    other.answer(() => null)
    await expect(sent(other.address, 300)).rejects.toThrow('No answer within 0.3 seconds.')
  })

  it('fails with a sentence that names no address', async () => {
    const gone = await receiver()
    await gone.close()
    await expect(sent(gone.address)).rejects.toThrow('Nothing listens there.')
    const asked = send({ address: other.address, secret }, message, { allowPrivate: false })
    await expect(asked).rejects.toThrow('It must begin with https://.')
    const named = {
      address: other.address.replace('http', 'https').replace('127.0.0.1', 'localhost'),
    }
    await expect(send({ ...named, secret }, message, { allowPrivate: false })).rejects.toThrow(
      'It leads to a private address',
    )
  })
})
