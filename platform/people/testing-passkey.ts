import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeySite } from './passkey-forms.ts'

const sha256 = (of: string | Buffer): Buffer => createHash('sha256').update(of).digest()
const base64 = (bytes: Buffer): string => bytes.toString('base64url')
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex')

/** User present, user verified, and, where one is made, a key included. */
const flags = { present: 1, verified: 4, key: 64 }

/** What a test may do otherwise than an honest authenticator does. */
export interface Odd {
  readonly origin?: string
  readonly host?: string
  /** Whether it has asked for a finger, a face or a PIN. */
  readonly isVerified?: boolean
  readonly counter?: number
}

/** An authenticator in software, of one key (ES256): its answers, as browsers write them. */
export class TestAuthenticator {
  readonly #site: PasskeySite
  readonly #id = randomBytes(32)
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor(site: PasskeySite) {
    this.#site = site
  }

  /** Answers to a request for a new passkey. */
  make(challenge: string, odd: Odd = {}): string {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const [point, across] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
    // COSE: { kty: EC2, alg: ES256, crv: P-256, x, y }
    const key = Buffer.concat([bytesOf('a5010203262001215820'), point, bytesOf('225820'), across])
    const made = Buffer.concat([Buffer.alloc(16), bytesOf('0020'), this.#id, key])
    const data = Buffer.concat([this.#data(odd, flags.key), made])
    const attestation = Buffer.concat([
      bytesOf('a3'),
      bytesOf('63'),
      Buffer.from('fmt'),
      bytesOf('64'),
      Buffer.from('none'),
      bytesOf('67'),
      Buffer.from('attStmt'),
      bytesOf('a0'),
      bytesOf('68'),
      Buffer.from('authData'),
      bytesOf('58'),
      Buffer.from([data.length]),
      data,
    ])
    return this.#answer({
      clientDataJSON: this.#client('webauthn.create', challenge, odd),
      attestationObject: base64(attestation),
    })
  }

  /** Answers to a request to sign in. */
  use(challenge: string, odd: Odd = {}): string {
    const data = this.#data(odd, 0)
    const clientDataJSON = this.#client('webauthn.get', challenge, odd)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return this.#answer({
      clientDataJSON,
      authenticatorData: base64(data),
      signature: base64(sign('sha256', signed, this.#keys.privateKey)),
    })
  }

  #data({ host = this.#site.host, isVerified = true, counter = 0 }: Odd, more: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const all = flags.present | (isVerified ? flags.verified : 0) | more
    return Buffer.concat([sha256(host), Buffer.from([all]), count])
  }

  #client(type: string, challenge: string, { origin = this.#site.origin }: Odd): string {
    return base64(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })))
  }

  #answer(response: Readonly<Record<string, string>>): string {
    const id = base64(this.#id)
    const type = 'public-key'
    return JSON.stringify({ id, rawId: id, type, clientExtensionResults: {}, response })
  }
}
