import pg from 'pg'

/**
 * Holds an advisory lock of a PostgreSQL server while `fn` runs. It has a connection of its own, so
 * that those who wait for the lock do not use up the pool that its holder needs; it is given up by
 * the server itself when this process dies.
 */
export async function withServerLock<T>(
  url: string,
  name: string,
  fn: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  let lost: Error | null = null
  client.on('error', (error) => {
    lost = error
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    const result = await fn()
    if (lost) throw new Error(`The lock "${name}" was lost while it was needed`, { cause: lost })
    return result
  } finally {
    await client.end().catch(() => {})
  }
}
