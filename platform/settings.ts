import { resolve } from 'node:path'
import { z } from 'zod'
import type { OpenIdService } from './people/open-id.ts'
import { ownHosts, settingsSchema, type TrustProxy } from './settings-schema.ts'

/** Whom a door is open to: `this-machine` is whoever asks from it by its own name. */
export type Opening = 'nobody' | 'this-machine' | 'all'

/** The settings as the code uses them. */
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
  /** Whom to tell of a hole (`mailto:`, `tel:` or `https:`); null where nobody is named. */
  readonly securityContact: string | null
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
    securityContact: data.PLUMBLINE_SECURITY_CONTACT ?? null,
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
