import { join } from 'node:path'
import { type Database, type DatabaseConfig, openDatabase } from '../database/database.ts'
import { type Migration, migrate } from '../database/migrate.ts'
import { FolderOwned, isHere, type OwnedFolder, ownFolder } from '../database/owner.ts'
import { handOver, type Work } from './hand-over.ts'
import { removeAddress } from './listen.ts'
import { exitCodes, type ProgressEvent, runVerb, type Verbs } from './verb.ts'

/** Where the data is, as the settings say. */
export interface DataPlace {
  /** The data folder; its lock lies in it, and PGlite in its subfolder `database`. */
  readonly folder: string
  /** A PostgreSQL server instead; null for PGlite in the folder. */
  readonly url: string | null
}

/** A database that this process alone opened, brought up to date. */
export interface OpenedPlace {
  readonly db: Database
  /** The ownership of the data folder; null on a PostgreSQL server, which many may use. */
  readonly owned: OwnedFolder | null
  close(): Promise<void>
}

/**
 * Owns the folder if need be, opens the database and brings its tables up to date. A new PGlite is
 * made from `template` where there is one (`makeTemplate`).
 */
export async function openPlace(
  place: DataPlace,
  migrations: readonly Migration[],
  template?: string,
): Promise<OpenedPlace> {
  const owned = place.url === null ? ownFolder(place.folder) : null
  for (const { address } of owned?.replaced ?? []) if (address !== null) removeAddress(address)
  const config: DatabaseConfig =
    place.url === null
      ? {
          kind: 'pglite',
          folder: join(place.folder, 'database'),
          ...(template ? { template } : {}),
        }
      : { kind: 'postgres', url: place.url }
  let db: Database | null = null
  const close = async (): Promise<void> => {
    await db?.close()
    owned?.release()
  }
  try {
    db = await openDatabase(config)
    await migrate(db, migrations)
    return { db, owned, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Carries out what the user typed: in the server that owns the data when one runs, here otherwise.
 * Gives the exit code.
 */
export async function carryOut(
  work: Work,
  place: DataPlace,
  { verbs, migrations }: { verbs: Verbs; migrations: readonly Migration[] },
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<number> {
  const say = (text: string): void => emit({ kind: 'line', stream: 'stderr', text })
  let opened: OpenedPlace
  try {
    opened = await openPlace(place, migrations)
  } catch (error) {
    if (error instanceof FolderOwned && error.owner.address !== null && isHere(error.owner)) {
      return handOver(error.owner.address, work, emit, signal)
    }
    say(error instanceof Error ? error.message : String(error))
    return error instanceof FolderOwned ? exitCodes.folderOwned : exitCodes.failed
  }
  try {
    const { verb, args, cwd } = work
    return await runVerb(verbs, verb, args, { db: opened.db, cwd }, emit, signal)
  } finally {
    await opened.close()
  }
}
