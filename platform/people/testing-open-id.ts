import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, type JWK } from 'oidc-provider'
import { backPath, type OpenIdService } from './open-id.ts'

/** Somebody who has an account with the test's service. */
export interface Account {
  readonly sub: string
  readonly email: string | undefined
  readonly email_verified: boolean | undefined
}

/** A real OpenID provider on this machine, which signs in at once whoever the test says. */
export interface TestProvider {
  readonly issuer: string
  /** Who is signed in there by whoever comes next; null where they press "Cancel". */
  next: Account | null
  /** Lets people go back to this home address. */
  serve(home: string, more?: Configuration): void
  /** The settings of our side: with a secret, or a key. */
  service(kind?: 'secret' | 'key'): OpenIdService
  close(): Promise<void>
}

const signing = (): { readonly jwk: JWK; readonly publicJwk: JWK; readonly pem: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const more = { alg: 'ES256', use: 'sig', kid: 'test' }
  return {
    jwk: { ...privateKey.export({ format: 'jwk' }), ...more } as JWK,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), ...more } as JWK,
    pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}

export async function openTestProvider(): Promise<TestProvider> {
  const [own, theirs] = [signing(), signing()]
  const secret = 'a secret that client and service share'
  const accounts = new Map<string, Account>()
  let provider: Provider | null = null
  const server = createServer((request, response) => {
    if (provider) void provider.callback()(request, response)
    else response.writeHead(503).end('<h1>Under repair</h1>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = {
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: secret,
  } as const
  const found: TestProvider = {
    issuer,
    next: null,
    serve(home, more = {}) {
      const common = {
        redirect_uris: [home + backPath],
        id_token_signed_response_alg: 'ES256',
      } as const
      provider = new Provider(issuer, {
        clients: [
          { client_id: 'secret', ...client, ...common },
          {
            client_id: 'key',
            token_endpoint_auth_method: 'private_key_jwt',
            token_endpoint_auth_signing_alg: 'ES256',
            jwks: { keys: [theirs.publicJwk] },
            ...common,
          },
        ],
        jwks: { keys: [own.jwk] },
        cookies: { keys: ['a key of the tests'] },
        claims: { email: ['email', 'email_verified'] },
        pkce: { required: () => true },
        findAccount: (_, sub) => ({
          accountId: sub,
          claims: async () => ({ ...accounts.get(sub), sub }),
        }),
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_, { uid }) => `/interaction/${uid}` },
        ...more,
      })
      const served = provider
      served.use(async (context, next) => {
        if (!context.path.startsWith('/interaction/')) return next()
        const { next: account } = found
        context.respond = false
        if (account === null) {
          const no = { error: 'access_denied', error_description: 'They pressed “Cancel”.' }
          return served.interactionFinished(context.req, context.res, no)
        }
        accounts.set(account.sub, account)
        const { params } = await served.interactionDetails(context.req, context.res)
        const grant = new served.Grant({
          accountId: account.sub,
          clientId: String(params.client_id),
        })
        grant.addOIDCScope('openid email')
        const grantId = await grant.save()
        const result = { login: { accountId: account.sub }, consent: { grantId } }
        return served.interactionFinished(context.req, context.res, result)
      })
    },
    service: (kind = 'secret') => ({
      issuer,
      name: 'Test Login',
      clientId: kind,
      proof: kind === 'key' ? { kind, pem: theirs.pem } : { kind, secret },
    }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  return found
}

/**
 * Goes where the service leads, as a browser does, until it is sent back.
 * @returns the address to which it is sent back.
 */
export async function visit(start: string, home: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = start
  for (let i = 0; i < 10 && !url.startsWith(home + backPath); i++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to === null) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
    url = new URL(to, url).href
  }
  return new URL(url)
}
