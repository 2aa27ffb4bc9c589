import { z } from 'zod'
import type { DatabaseConfig } from './database/database.ts'

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PLUMBLINE_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
})

export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly database: DatabaseConfig
  readonly logLevel: string
}

/** Reads the environment; throws one sentence that names what is wrong. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const found = environment.safeParse(env)
  if (!found.success) {
    const issue = found.error.issues[0]
    throw new Error(`The setting ${issue?.path.join('.')} cannot be used: ${issue?.message}.`)
  }
  const s = found.data
  return {
    port: s.PORT,
    host: s.HOST,
    dataFolder: s.PLUMBLINE_DATA,
    database: s.DATABASE_URL
      ? { kind: 'postgres', url: s.DATABASE_URL }
      : { kind: 'pglite', folder: `${s.PLUMBLINE_DATA}/pglite` },
    logLevel: s.LOG_LEVEL,
  }
}
