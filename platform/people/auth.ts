import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { emailOTP } from 'better-auth/plugins/email-otp'
import { magicLink } from 'better-auth/plugins/magic-link'
import type { KyselyPlugin } from 'kysely'
import type { Database } from '../database/database.ts'
import { addPerson } from './person.ts'
import { proofSeconds } from './proof.ts'
import { keyed } from './secret.ts'
import { idleSeconds } from './session-length.ts'
import { AccountShut, isShut } from './shutting.ts'

export interface AuthPlace {
  readonly secret: string
  /** Whether visitors come by https: their cookies are then sent by it alone. */
  readonly isSecure: boolean
}

/** The library wants a Date where ours gives the text of a moment. */
const moments: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
}

const withDates = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith('_at') && typeof value === 'string' ? new Date(value) : value,
    ]),
  )

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' }

/** Our tables, by the library's names for their columns. */
const tables = {
  user: { modelName: 'person_address', fields: { emailVerified: 'email_verified', ...stamps } },
  session: {
    modelName: 'person_session',
    fields: {
      userId: 'person_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...stamps,
    },
  },
  account: {
    modelName: 'person_account',
    fields: {
      userId: 'person_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...stamps,
    },
  },
  verification: { modelName: 'sign_in_proof', fields: { expiresAt: 'expires_at', ...stamps } },
} as const satisfies Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>

/**
 * The library for codes, links and sessions (better-auth) over our tables. Its own routes are not served:
 * our pages call it. See docs/decisions/sign-in.md.
 */
export function makeAuth(db: Database, { secret, isSecure }: AuthPlace) {
  const hash = async (text: string): Promise<string> => keyed(secret, 'proof', text)
  return betterAuth({
    secret: keyed(secret, 'cookies', ''),
    // Of no consequence, since none of its routes is served.
    baseURL: isSecure ? 'https://plumbline.invalid' : 'http://plumbline.invalid',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { db: db.kysely.withPlugin(moments), type: 'postgres', transaction: false },
    ...tables,
    session: { ...tables.session, expiresIn: idleSeconds, updateAge: 600 },
    advanced: {
      // Over https no other host can set them: the library itself knows only the weaker `__Secure-`.
      cookiePrefix: isSecure ? '__Host-plumbline' : 'plumbline',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      database: { generateId: 'uuid' },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          // Whatever somebody has proved themselves by, their way in goes through here.
          before: async ({ userId }) => {
            if (await isShut(db, userId)) throw new AccountShut()
          },
        },
      },
      user: {
        create: {
          // The address hangs on the person, so the person comes first.
          before: async (user) => ({ data: { ...user, id: await addPerson(db) } }),
        },
      },
    },
    plugins: [
      emailOTP({
        otpLength: 8,
        expiresIn: proofSeconds,
        allowedAttempts: 5,
        storeOTP: { hash },
        sendVerificationOTP: async () => {},
      }),
      magicLink({
        expiresIn: proofSeconds,
        storeToken: { type: 'custom-hasher', hash },
        sendMagicLink: async ({ token, metadata }) => {
          metadata?.take(token)
        },
      }),
    ],
  })
}

export type Auth = ReturnType<typeof makeAuth>
