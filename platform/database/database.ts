import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'

/** Asks the database; every value goes as a parameter. Rows come as plain objects. */
export interface Queries {
  query<T>(sql: string, params?: readonly unknown[]): Promise<T[]>
}

/**
 * PostgreSQL, in the process (PGlite, on a thread of its own) or on a server. The same SQL for both.
 * Typed arrays may be given where SQL expects an array: NaN in a Float64Array is NULL.
 */
export interface Database extends Queries {
  readonly kind: 'pglite' | 'postgres'
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  /** Runs `work` while nobody else, in any process, holds the lock of that name. */
  lock<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type DatabaseConfig =
  /** `folder: null` keeps all in memory, for tests. */
  | { readonly kind: 'pglite'; readonly folder: string | null }
  | { readonly kind: 'postgres'; readonly url: string }

export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  return config.kind === 'pglite' ? openPglite(config.folder) : openPostgres(config.url)
}
