import pg from 'pg'

/** The oldest PostgreSQL that Plumbline runs on. */
const oldest = 15

/** A PostgreSQL server that cannot be used; the sentence says what to do. */
export class ServerUnusable extends Error {
  override name = 'ServerUnusable'
}

/**
 * Throws ServerUnusable for a server older than 15.
 * @param version as `show server_version_num` gives it.
 * @example refuseOldServer('140012') // throws: This PostgreSQL server is version 14 ...
 */
export function refuseOldServer(version: string): void {
  const major = Math.floor(Number(version) / 10_000)
  if (major >= oldest) return
  throw new ServerUnusable(
    `This PostgreSQL server is version ${major}; Plumbline needs ${oldest} or later. Upgrade it, ` +
      'or name another server in DATABASE_URL.',
  )
}

/** Sees that a server can be reached and is new enough; throws ServerUnusable otherwise. */
export async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  try {
    await client.connect()
  } catch (error) {
    // The address itself is left out: it may hold a password.
    const { host, port, database } = client
    const why = error instanceof AggregateError ? error.errors[0] : error
    throw new ServerUnusable(
      `The PostgreSQL database "${database}" on ${host}:${port} could not be opened: ` +
        `${(why as Error).message}. Is the server running, and is DATABASE_URL right?`,
      { cause: error },
    )
  }
  try {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    refuseOldServer(rows[0]?.server_version_num ?? '0')
  } finally {
    await client.end()
  }
}
