import { createPrivateKey } from 'node:crypto'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { readSigner } from '@plumbline/record'
import { z } from 'zod'
import type { OpenIdService } from './people/open-id.ts'

/** Web servers in front that are believed: none, so many, or those of some addresses. */
export type TrustProxy = false | number | string[]

/** @returns null where it says none of these. */
function proxiesOf(text: string): TrustProxy | null {
  if (text === 'off') return false
  if (/^[1-9]$/.test(text)) return Number(text)
  const all = text.split(',').map((a) => a.trim())
  const isRange = (one: string): boolean => {
    const [address = '', bits, ...rest] = one.split('/')
    const most = isIP(address) === 4 ? 32 : 128
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
    return isIP(address) !== 0 && fits && rest.length === 0
  }
  return all.every(isRange) ? all : null
}

/** Another service's address: https, or http on this very machine. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.username !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && ownHosts.includes(url.hostname))
}

/** PEM text as it is kept in one line: `\n` for each end of a line. */
const withLines = (text: string): string => text.replaceAll('\\n', '\n')

function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPrivateKey(pem)
    return type === 'rsa' || (type === 'ec' && details?.namedCurve === 'prime256v1')
  } catch {
    return false
  }
}

/** The settings, by the names of their environment variables; `docs/operations.md` explains each. */
export const settingsSchema = z.object({
  PORT: z
    .string()
    .default('3000')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, {
      error: 'must be a number from 0 to 65535, such as 3000',
    })
    .transform(Number),
  HOST: z
    .string()
    .regex(/^\S+$/, 'must be an address or a name, such as 127.0.0.1')
    .default('127.0.0.1'),
  PLUMBLINE_DATA: z
    .string()
    .refine((path) => path.trim() !== '' && !path.includes('\0'), {
      error: 'must be the path of a folder, such as ./data',
    })
    .default('./data'),
  PLUMBLINE_CATALOGUE: z
    .string()
    .refine((path) => path.trim() !== '' && !path.includes('\0'), {
      error: 'must be the path of a folder, such as ./catalogue',
    })
    .optional(),
  PLUMBLINE_ADDRESS: z
    .string()
    .refine((text) => /^https?:\/\/[^/?#\s]+\/?$/.test(text) && URL.canParse(text), {
      error: 'must be an address without a path, such as https://plumbline.example.org',
    })
    .optional(),
  PLUMBLINE_TRUST_PROXY: z
    .string()
    .default('off')
    .refine((text) => proxiesOf(text) !== null, {
      error:
        'must be off, how many web servers stand in front (1 to 9), or their addresses such as 10.0.0.0/8,127.0.0.1',
    })
    .transform((text) => proxiesOf(text) ?? false),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''), {
      error: 'must look like postgres://user:password@host:5432/database',
    })
    .optional(),
  PLUMBLINE_RECORD_KEY: z
    .string()
    .refine((text) => readSigner(text) !== null, {
      error: 'must be a key that `plumbline record key NAME` has made',
    })
    .optional(),
  PLUMBLINE_PUSH_LIMIT: z
    .string()
    .default('200')
    .refine((text) => /^[1-9]\d{0,4}$/.test(text), {
      error: 'must be a number of megabytes from 1 to 99999, such as 200',
    })
    .transform(Number),
  PLUMBLINE_SIGN_IN_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters, such as those that `openssl rand -base64 32` gives')
    .optional(),
  PLUMBLINE_OIDC_ISSUER: z
    .string()
    .refine(isIssuer, {
      error: 'must be an https address, such as https://oidc.account.gov.uk/',
    })
    .optional(),
  PLUMBLINE_OIDC_NAME: z
    .string()
    .max(60, 'must be at most 60 letters, such as GOV.UK One Login')
    .optional(),
  PLUMBLINE_OIDC_CLIENT_ID: z.string().optional(),
  PLUMBLINE_OIDC_CLIENT_SECRET: z.string().optional(),
  PLUMBLINE_OIDC_PRIVATE_KEY: z
    .string()
    .transform(withLines)
    .refine(isSigningKey, {
      error:
        'must be a private key as PEM text, RSA or of the curve P-256, such as `openssl genrsa 2048` makes',
    })
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:$/.test(URL.parse(text)?.protocol ?? ''), {
      error: 'must look like smtps://user:password@mail.example.org',
    })
    .optional(),
  PLUMBLINE_MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      'must be an address, such as Plumbline <plumbline@example.org>',
    )
    .optional(),
  PLUMBLINE_DEV_MAIL: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  PLUMBLINE_WALK_IN: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  PLUMBLINE_UPLOAD_LIMIT: z
    .string()
    .default('2000')
    .refine((text) => /^[1-9]\d{0,4}$/.test(text), {
      error: 'must be a number of megabytes from 1 to 99999, such as 2000',
    })
    .transform(Number),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  PLUMBLINE_WEBHOOKS_PRIVATE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  PLUMBLINE_EXAMPLE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
})

/** The settings as the code uses them. */
/** Whom a door is open to: `this-machine` is whoever asks from it by its own name. */
export type Opening = 'nobody' | 'this-machine' | 'all'

export interface Settings {
  readonly port: number
  readonly host: string
  /** The data folder, as a full path. */
  readonly data: string
  /** The operator's own descriptors, indicators and services; null where nothing is set. */
  readonly catalogue: string | null
  /** Where visitors find it, without a slash at the end; null where nobody has said. */
  readonly address: string | null
  /** Which web servers in front may say who asks, and by which address. */
  readonly trustProxy: TrustProxy
  /** A PostgreSQL server; null for PGlite in the data folder. */
  readonly databaseUrl: string | null
  /** The key that signs the record; null for one in the data folder. */
  readonly recordKey: string | null
  /** How many bytes a publisher may send at a time, unpacked. */
  readonly pushLimit: number
  /** Whether webhooks may lead to this machine or its network, and over plain http. */
  readonly webhooksPrivate: boolean
  /** How many bytes of a file may be handed in by the browser, unpacked. */
  readonly uploadLimit: number
  /** Whether a start on an empty database makes the invented area. */
  readonly example: boolean
  /** The secret that signs cookies; null for one in the data folder. */
  readonly signInSecret: string | null
  /** A service by which people can sign in; null where there is none. */
  readonly service: OpenIdService | null
  /** The server that takes letters, and whom they come from; null where none is sent. */
  readonly mail: { readonly url: string; readonly from: string; readonly host: string } | null
  /** Whether anyone may read letters that were not sent, at `/dev/mail`. */
  readonly letters: Opening
  /** Whether visitors may walk in as somebody of the example area. */
  readonly walkIn: Opening
  readonly logLevel: z.infer<typeof settingsSchema>['LOG_LEVEL']
}

/** One or more settings are wrong; the message has a sentence for each. */
export class WrongSettings extends Error {
  override name = 'WrongSettings'
}

/**
 * Reads the settings from the environment. An empty variable counts as one that is not there.
 * @example readSettings({ PORT: '8080' }).port // 8080
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape).map((name) => [name, environment[name] || undefined]),
  )
  const { data, error } = settingsSchema.safeParse(given)
  if (error) {
    // The value itself is left out: an address of a server holds its password.
    throw new WrongSettings(
      error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'),
    )
  }
  const address = data.PLUMBLINE_ADDRESS?.replace(/\/$/, '') ?? null
  const mail = mailOf(data, address)
  // A machine of one's own: nobody else has been told of it, or can reach it.
  const isOwn =
    data.DATABASE_URL === undefined &&
    address === null &&
    data.PLUMBLINE_TRUST_PROXY === false &&
    ownHosts.includes(data.HOST)
  const opening = (answer: 'on' | 'off' | undefined, usual: boolean): Opening =>
    answer === 'on' ? 'all' : answer !== 'off' && usual ? 'this-machine' : 'nobody'
  return {
    port: data.PORT,
    host: data.HOST,
    data: resolve(data.PLUMBLINE_DATA),
    catalogue: data.PLUMBLINE_CATALOGUE ? resolve(data.PLUMBLINE_CATALOGUE) : null,
    address,
    trustProxy: data.PLUMBLINE_TRUST_PROXY,
    databaseUrl: data.DATABASE_URL ?? null,
    recordKey: data.PLUMBLINE_RECORD_KEY ?? null,
    pushLimit: data.PLUMBLINE_PUSH_LIMIT * 1_000_000,
    webhooksPrivate: data.PLUMBLINE_WEBHOOKS_PRIVATE === 'on',
    uploadLimit: data.PLUMBLINE_UPLOAD_LIMIT * 1_000_000,
    example: data.PLUMBLINE_EXAMPLE === 'on',
    signInSecret: data.PLUMBLINE_SIGN_IN_SECRET ?? null,
    service: serviceOf(data, address),
    mail,
    letters: opening(data.PLUMBLINE_DEV_MAIL, isOwn && mail === null),
    walkIn: opening(data.PLUMBLINE_WALK_IN, isOwn),
    logLevel: data.LOG_LEVEL,
  }
}

/** Names by which a machine reaches itself alone. */
const ownHosts = ['127.0.0.1', '::1', 'localhost']

function mailOf(
  { SMTP_URL: url, PLUMBLINE_MAIL_FROM: from }: z.infer<typeof settingsSchema>,
  address: string | null,
): Settings['mail'] {
  if (url === undefined) return null
  if (address === null) {
    throw new WrongSettings(
      'SMTP_URL needs PLUMBLINE_ADDRESS: letters hold links, and must not lead elsewhere.',
    )
  }
  const host = new URL(address).hostname
  return { url, from: from ?? `Plumbline <plumbline@${host}>`, host }
}

function serviceOf(
  data: z.infer<typeof settingsSchema>,
  address: string | null,
): OpenIdService | null {
  const { PLUMBLINE_OIDC_ISSUER: issuer, PLUMBLINE_OIDC_CLIENT_ID: clientId } = data
  const { PLUMBLINE_OIDC_CLIENT_SECRET: secret, PLUMBLINE_OIDC_PRIVATE_KEY: pem } = data
  if (issuer === undefined) return null
  if (clientId === undefined || (secret === undefined) === (pem === undefined)) {
    throw new WrongSettings(
      'PLUMBLINE_OIDC_ISSUER needs PLUMBLINE_OIDC_CLIENT_ID, and either PLUMBLINE_OIDC_CLIENT_SECRET or PLUMBLINE_OIDC_PRIVATE_KEY.',
    )
  }
  if (address === null) {
    throw new WrongSettings(
      'PLUMBLINE_OIDC_ISSUER needs PLUMBLINE_ADDRESS: the service sends people back to it.',
    )
  }
  const name = data.PLUMBLINE_OIDC_NAME ?? new URL(issuer).hostname
  if (pem !== undefined) return { issuer, name, clientId, proof: { kind: 'key', pem } }
  return { issuer, name, clientId, proof: { kind: 'secret', secret: secret ?? '' } }
}
