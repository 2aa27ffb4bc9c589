import { createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto'
import * as client from 'openid-client'
import type { Database } from '../database/database.ts'
import { joinAccount } from './accounts.ts'
import { begin, finish } from './begun.ts'
import { isWithin, networkOf } from './counts.ts'
import { keyed } from './secret.ts'
import type { Asker, SignedIn, SignIn } from './sign-in.ts'

/** A service by which people can sign in (an OpenID provider), and how we prove to it who we are. */
export interface OpenIdService {
  /** Its issuer address. */
  readonly issuer: string
  /** What it is called on our pages: "GOV.UK One Login". */
  readonly name: string
  readonly clientId: string
  readonly proof:
    | { readonly kind: 'secret'; readonly secret: string }
    | { readonly kind: 'key'; readonly pem: string }
}

/** Why nobody is signed in. `reason`, where there is one, is for the operator: it names nobody. */
export interface NotByService {
  readonly kind: 'wrong' | 'too-often' | 'refused' | 'unverified' | 'other-account' | 'down'
  readonly reason?: string
}

export interface OpenIdPlace {
  readonly db: Database
  readonly secret: string
  readonly signIn: SignIn
  readonly service: OpenIdService
}

/** Where the service sends people back to, after the home address. It is registered there. */
export const backPath = '/sign-in/openid/back'

/** For how long what the service says about itself is believed, in milliseconds. */
/** A service that went down meanwhile is to be noticed before somebody is sent there. */
const aMinute = 60_000
/** For how long it may take to answer, in seconds. */
const patience = 5

/**
 * Signing in by OpenID Connect: authorization code with PKCE, state, nonce, the check of the issuer, and of
 * the signature of what it says. The protocol is openid-client's; whom it names is `accounts.ts`'.
 */
export class OpenId {
  readonly #place: OpenIdPlace
  #known: { readonly at: number; readonly config: Promise<client.Configuration> } | null = null

  constructor(place: OpenIdPlace) {
    this.#place = place
  }

  /** Where to send the visitor, who must come back in this browser within a quarter of an hour. */
  async start(
    home: string,
    asker: Asker,
  ): Promise<{ readonly kind: 'go'; readonly url: string } | NotByService> {
    if (!(await this.#isWithin('begin-from', asker))) return { kind: 'too-often' }
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ]
    let url: URL
    try {
      url = client.buildAuthorizationUrl(await this.#config(), {
        redirect_uri: home + backPath,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    } catch (error) {
      return failure(error)
    }
    const { browser } = asker
    await begin(this.#place, 'openid', state, { browser, holds: { nonce, verifier } })
    return { kind: 'go', url: url.href }
  }

  /**
   * Signs in who comes back.
   * @param query the text that follows the path, from its question mark on.
   * @returns `isNew` where the service was joined to the person just now, which a letter tells them.
   */
  async finish(
    home: string,
    query: string,
    asker: Asker,
  ): Promise<(SignedIn & { readonly isNew: boolean }) | NotByService> {
    if (!(await this.#isWithin('try-from', asker))) return { kind: 'too-often' }
    const back = new URL(home + backPath + query)
    const state = back.searchParams.get('state') ?? ''
    const held = await finish(this.#place, 'openid', state, asker.browser)
    if (!held?.nonce || !held.verifier) return { kind: 'wrong' }
    const { db, signIn, service } = this.#place
    let said: Said
    try {
      const { nonce, verifier } = held
      said = await whoComes(await this.#config(), back, { state, nonce, verifier })
    } catch (error) {
      return failure(error)
    }
    const joined = await joinAccount(db, { ...said, name: service.name })
    if (joined.kind !== 'joined') return joined
    const cookies = await signIn.withoutLetter(joined.email)
    return cookies ? { kind: 'signed-in', cookies, isNew: joined.isNew } : { kind: 'wrong' }
  }

  #isWithin(what: 'begin-from' | 'try-from', { ip }: Asker): Promise<boolean> {
    const { db, secret } = this.#place
    return isWithin(db, what, keyed(secret, 'network', networkOf(ip)))
  }

  /** What the service says about itself. A failure is not kept. */
  #config(): Promise<client.Configuration> {
    if (this.#known && Date.now() - this.#known.at < aMinute) return this.#known.config
    const config = discover(this.#place.service)
    this.#known = { at: Date.now(), config }
    config.catch(() => {
      this.#known = null
    })
    return config
  }
}

interface Said {
  readonly issuer: string
  readonly subject: string
  readonly email: unknown
  readonly isVerified: boolean
}

/** Trades the code for who comes. Addresses are in the signed token, or are asked for. */
async function whoComes(
  config: client.Configuration,
  back: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
): Promise<Said> {
  const tokens = await client.authorizationCodeGrant(config, back, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('no ID token')
  const { email, email_verified: isVerified } =
    claims.email === undefined
      ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims
  return {
    issuer: config.serverMetadata().issuer,
    subject: claims.sub,
    email,
    isVerified: isVerified === true,
  }
}

function discover({ issuer, clientId, proof }: OpenIdService): Promise<client.Configuration> {
  const how =
    proof.kind === 'secret'
      ? client.ClientSecretBasic(proof.secret)
      : client.PrivateKeyJwt(signingKey(createPrivateKey(proof.pem)))
  const isLoopback = new URL(issuer).protocol === 'http:'
  return client.discovery(new URL(issuer), clientId, {}, how, {
    timeout: patience,
    execute: [
      client.enableNonRepudiationChecks,
      // Settings let a service be asked without encryption on this very machine alone.
      ...(isLoopback ? [client.allowInsecureRequests] : []),
    ],
  })
}

/** RS256 or ES256, by the kind of the key. */
function signingKey(key: KeyObject): webcrypto.CryptoKey {
  const algorithm =
    key.asymmetricKeyType === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve: 'P-256' }
  return key.toCryptoKey(algorithm, false, ['sign'])
}

/** Errors of the protocol that say that what came back is not what we had asked for. */
const notOurs = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
])

function failure(error: unknown): NotByService {
  if (!(error instanceof Error)) throw error
  if (error instanceof client.AuthorizationResponseError) {
    // The service's own fault, or nothing that the visitor did.
    const isFault = ['server_error', 'temporarily_unavailable'].includes(error.error)
    return { kind: isFault ? 'down' : 'refused', reason: error.error }
  }
  if (error instanceof client.ResponseBodyError) {
    return { kind: error.error === 'invalid_grant' ? 'wrong' : 'down', reason: error.error }
  }
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return { kind: 'down', reason: error.cause[0]?.parameters.error ?? error.code }
  }
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return { kind: notOurs.has(reason) ? 'wrong' : 'down', reason }
}
