import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import type { OpenIdService } from './open-id.ts'
import { People } from './people.ts'

export const testSecret = 'a secret of the tests, which is long enough'

/** A service that never answers: nothing listens at its port. */
export const silentService: OpenIdService = {
  issuer: 'http://127.0.0.1:9',
  name: 'Silent Login',
  clientId: 'plumbline',
  proof: { kind: 'secret', secret: 'a secret of the tests' },
}

/** People over a test's database, whom any visitor may walk in as. */
export const testPeople = (db: Database, isSecure = false, service = silentService): People =>
  new People({ db, secret: testSecret, isSecure, walkIn: async () => true, service })

/** The code and the link of the latest letter to an address. */
export async function latestProof(
  db: Database,
  email: string,
): Promise<{ code: string; link: string; body: string }> {
  const letter = (await unsentLetters(db)).find((l) => l.address === email)
  const body = letter?.body ?? ''
  return {
    body,
    code: /^ {4}(\d{4} \d{4})$/m.exec(body)?.[1] ?? '',
    link: /^https?:.*$/m.exec(body)?.[0] ?? '',
  }
}

/** What a browser sends back of the cookies that it was given. */
export const cookieOf = (cookies: readonly string[]): string =>
  cookies.map((c) => c.split(';')[0]).join('; ')
