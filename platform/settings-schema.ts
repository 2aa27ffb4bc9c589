import { createPrivateKey } from 'node:crypto'
import { isIP } from 'node:net'
import { readSigner } from '@plumbline/record'
import { z } from 'zod'

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

/** Names by which a machine reaches itself alone. */
export const ownHosts = ['127.0.0.1', '::1', 'localhost']

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
  PLUMBLINE_SECURITY_CONTACT: z
    .string()
    .refine((text) => /^(mailto:[^\s@]+@[^\s@]+|tel:\+[\d-]+|https:\/\/\S+)$/.test(text), {
      error:
        'must be an address such as mailto:security@example.org or https://example.org/security',
    })
    .optional(),
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
