import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Database } from '../database/database.ts'
import { post } from '../mail/post.ts'
import { asPerson } from './as-person.ts'
import { begin, finish } from './begun.ts'
import { isWithin, networkOf } from './counts.ts'
import { wayLetter } from './letters.ts'
import {
  assertionSchema,
  attestationSchema,
  mostPasskeys,
  type PasskeySite,
} from './passkey-forms.ts'
import { keyed } from './secret.ts'
import { AccountShut, isShut } from './shutting.ts'
import type { Asker, NotSignedIn, SignedIn, SignIn } from './sign-in.ts'

/** EdDSA, ES256 and RS256, by their numbers in COSE: every authenticator knows one of them. */
const algorithms = [-8, -7, -257]

/** A passkey, as its owner sees it. */
export interface PasskeyLine {
  readonly id: string
  readonly name: string
  readonly added: string
  readonly lastUsed: string | null
}

export interface PasskeysPlace {
  readonly db: Database
  readonly secret: string
  readonly signIn: SignIn
}

/** Who adds a passkey: their number, and the name under which their device keeps it. */
export interface Owner {
  readonly id: string
  readonly pseudonym: string
}

/** What a browser is to ask its authenticator, as JSON, and the challenge that comes back with the answer. */
export interface Challenge {
  readonly challenge: string
  readonly options: string
}

/**
 * Passkeys (WebAuthn): adding one, and signing in by it. Each asks for the person, by a finger, a face or a
 * PIN, and keeps their number, so that nothing need be typed. The check of keys and signatures is
 * @simplewebauthn/server's.
 */
export class Passkeys {
  readonly #place: PasskeysPlace

  constructor(place: PasskeysPlace) {
    this.#place = place
  }

  async list(person: string): Promise<PasskeyLine[]> {
    return asPerson(this.#place.db, person, (tx) =>
      tx.query<PasskeyLine>(
        `select id, name, created_at as added, last_used_at as "lastUsed" from person_passkey
         where person_id = $1 order by created_at, id`,
        [person],
      ),
    )
  }

  /** What the owner's browser needs to make a passkey; null where they have as many as they may. */
  async offerNew(
    owner: Owner,
    site: PasskeySite,
    { browser, ip }: Asker,
  ): Promise<Challenge | 'too-often' | null> {
    if (!(await this.#isWithin('begin-from', ip))) return 'too-often'
    const held = await this.#place.db.query<{ credential: string }>(
      'select credential from person_passkey where person_id = $1',
      [owner.id],
    )
    if (held.length >= mostPasskeys) return null
    const options = await generateRegistrationOptions({
      rpName: 'Plumbline',
      rpID: site.host,
      userID: new Uint8Array(Buffer.from(owner.id.replaceAll('-', ''), 'hex')),
      userName: owner.pseudonym,
      userDisplayName: owner.pseudonym,
      excludeCredentials: held.map(({ credential: id }) => ({ id })),
      supportedAlgorithmIDs: algorithms,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const { challenge } = options
    await begin(this.#place, 'new-passkey', challenge, { browser, holds: { person: owner.id } })
    return { challenge, options: JSON.stringify(options) }
  }

  /**
   * Adds what the owner's browser has made; they are told by a letter.
   * @param answer the browser's answer as JSON, which may be anything.
   * @returns false where it does not fit what was asked, or they have as many as they may.
   */
  async add(
    person: string,
    site: PasskeySite,
    { challenge, answer, name }: { challenge: string; answer: string; name: string },
    { browser }: Asker,
  ): Promise<boolean> {
    const held = await finish(this.#place, 'new-passkey', challenge, browser)
    const response = attestationSchema.safeParse(answer)
    if (held?.person !== person || !response.success) return false
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response.data,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      supportedAlgorithmIDs: algorithms,
    }).catch(refused)
    if (!registrationInfo) return false
    const { id, publicKey, counter } = registrationInfo.credential
    return this.#place.db.transaction(async (tx) => {
      // Of two that this person adds at once the second waits, so that it is counted with the first.
      await tx.query('select 1 from person where id = $1 for update', [person])
      const held = await tx.query('select 1 from person_passkey where person_id = $1', [person])
      if (held.length >= mostPasskeys) return false
      const added = await tx.query(
        `insert into person_passkey (person_id, credential, public_key, counter, name)
         values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
        [person, id, Buffer.from(publicKey).toString('base64url'), counter, name],
      )
      if (added.length === 0) return false
      const [to] = await tx.query<{ email: string }>(
        'select email from person_address where id = $1',
        [person],
      )
      const words = `The passkey “${name}” was added to your account.`
      if (to && !to.email.endsWith('.invalid')) {
        await post(tx, { ...wayLetter(words), to: to.email })
      }
      return true
    })
  }

  /** What any browser needs to ask for a passkey of this site; null where its network asks too often. */
  async offerSignIn(site: PasskeySite, { browser, ip }: Asker): Promise<Challenge | null> {
    if (!(await this.#isWithin('begin-from', ip))) return null
    const options = await generateAuthenticationOptions({
      rpID: site.host,
      userVerification: 'required',
    })
    const { challenge } = options
    await begin(this.#place, 'passkey', challenge, { browser, holds: {} })
    return { challenge, options: JSON.stringify(options) }
  }

  /** Signs in whose passkey has answered. @throws AccountShut. */
  async signIn(
    site: PasskeySite,
    { challenge, answer }: { challenge: string; answer: string },
    { browser, ip }: Asker,
  ): Promise<SignedIn | NotSignedIn> {
    const { db, signIn } = this.#place
    if (!(await this.#isWithin('try-from', ip))) return { kind: 'too-often' }
    const held = await finish(this.#place, 'passkey', challenge, browser)
    const response = assertionSchema.safeParse(answer)
    if (!held || !response.success) return { kind: 'wrong' }
    const [stored] = await db.query<Stored>(
      `select k.credential, k.person_id as person, public_key as "publicKey", counter::int8 as counter, email
       from person_passkey k join person_address a on a.id = k.person_id where credential = $1`,
      [response.data.id],
    )
    if (!stored) return { kind: 'wrong' }
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response.data,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      credential: {
        id: stored.credential,
        publicKey: new Uint8Array(Buffer.from(stored.publicKey, 'base64url')),
        counter: Number(stored.counter),
      },
    }).catch(refused)
    if (!verified || !authenticationInfo) return { kind: 'wrong' }
    // Before it counts as used.
    if (await isShut(db, stored.person)) throw new AccountShut()
    // Another use meanwhile has counted on: one of the two is a copy.
    const used = await db.query(
      `update person_passkey set counter = $3, last_used_at = now()
       where credential = $1 and counter = $2 returning id`,
      [stored.credential, stored.counter, authenticationInfo.newCounter],
    )
    const cookies = used.length > 0 ? await signIn.withoutLetter(stored.email) : null
    return cookies ? { kind: 'signed-in', cookies } : { kind: 'wrong' }
  }

  /** Gives a passkey of this person another name; another's is left as it is. */
  async rename(person: string, passkey: string, name: string): Promise<void> {
    await asPerson(this.#place.db, person, (tx) =>
      tx.query('update person_passkey set name = $3 where id = $1 and person_id = $2', [
        passkey,
        person,
        name,
      ]),
    )
  }

  /** Removes a passkey of this person: nobody can sign in by it from then on. */
  async remove(person: string, passkey: string): Promise<void> {
    await asPerson(this.#place.db, person, (tx) =>
      tx.query('delete from person_passkey where id = $1 and person_id = $2', [passkey, person]),
    )
  }

  #isWithin(what: 'begin-from' | 'try-from', ip: string): Promise<boolean> {
    const { db, secret } = this.#place
    return isWithin(db, what, keyed(secret, 'network', networkOf(ip)))
  }
}

interface Stored {
  readonly credential: string
  readonly person: string
  readonly publicKey: string
  readonly counter: number | bigint
  readonly email: string
}

/** The library throws where an answer does not fit; why is of no use to whoever sent it. */
function refused(error: unknown): {
  verified: false
  registrationInfo?: never
  authenticationInfo?: never
} {
  if (error instanceof Error) return { verified: false }
  throw error
}
