import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { fixtureReader } from './fixture.ts'
import { warnOfUnknownProxy } from './security-contact.ts'
import { buildServer } from './server.ts'

const asked = async (securityContact: string | null) => {
  const address = 'https://plumbline.example'
  const server = await buildServer({
    ...{ reader: fixtureReader, logLevel: 'silent', example: null, address, securityContact },
    ready: async () => true,
  })
  const answer = await server.inject('/.well-known/security.txt')
  await server.close()
  return answer
}

describe('whom to tell of a hole', () => {
  it('is said where the operator has named somebody, for less than a year', async () => {
    const { statusCode, headers, body } = await asked('mailto:security@example.org')
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(body).toContain('Contact: mailto:security@example.org\n')
    expect(body).toContain('Canonical: https://plumbline.example/.well-known/security.txt\n')
    const [, expires = ''] = /^Expires: (\S+)$/m.exec(body) ?? []
    const days = (Date.parse(expires) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(80)
    expect(days).toBeLessThan(365)
  })

  it('is not there where nobody is named', async () => {
    expect((await asked(null)).statusCode).toBe(404)
  })
})

describe('a web server in front that is not believed', () => {
  const warnings = async (trustProxy: false | number, times: number) => {
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const app = Fastify({ logger: { level: 'warn', stream } })
    warnOfUnknownProxy(app, trustProxy)
    app.get('/', async () => 'here')
    for (let i = 0; i < times; i++) {
      await app.inject({ url: '/', headers: { 'x-forwarded-for': '192.0.2.7' } })
    }
    await app.inject('/')
    await app.close()
    return lines
  }

  it('is warned of once, and without the address that it gave', async () => {
    const [only = '', ...more] = await warnings(false, 3)
    expect(more).toEqual([])
    expect(only).toContain('PLUMBLINE_TRUST_PROXY is off')
    expect(only).not.toContain('192.0.2.7')
  })

  it('is not warned of where nothing is forwarded, or it is believed', async () => {
    expect(await warnings(false, 0)).toEqual([])
    expect(await warnings(1, 3)).toEqual([])
  })
})
