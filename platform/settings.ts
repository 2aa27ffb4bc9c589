import { resolve } from 'node:path'
import { readSigner } from '@plumbline/record'
import { z } from 'zod'

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
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  PLUMBLINE_WEBHOOKS_PRIVATE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  PLUMBLINE_EXAMPLE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
})

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
  /** A PostgreSQL server; null for PGlite in the data folder. */
  readonly databaseUrl: string | null
  /** The key that signs the record; null for one in the data folder. */
  readonly recordKey: string | null
  /** Whether webhooks may lead to this machine or its network, and over plain http. */
  readonly webhooksPrivate: boolean
  /** Whether a start on an empty database makes the invented area. */
  readonly example: boolean
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
  return {
    port: data.PORT,
    host: data.HOST,
    data: resolve(data.PLUMBLINE_DATA),
    catalogue: data.PLUMBLINE_CATALOGUE ? resolve(data.PLUMBLINE_CATALOGUE) : null,
    address: data.PLUMBLINE_ADDRESS?.replace(/\/$/, '') ?? null,
    databaseUrl: data.DATABASE_URL ?? null,
    recordKey: data.PLUMBLINE_RECORD_KEY ?? null,
    webhooksPrivate: data.PLUMBLINE_WEBHOOKS_PRIVATE === 'on',
    example: data.PLUMBLINE_EXAMPLE === 'on',
    logLevel: data.LOG_LEVEL,
  }
}
