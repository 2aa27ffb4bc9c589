import pg from 'pg'

/** The address of another database of a server: `postgres://plumbline@127.0.0.1:5432/<name>`. */
export function addressOf(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Makes a database, empty or as a copy of another one of the server, to which nobody may be connected. */
export async function createOnServer(
  server: string,
  name: string,
  from: string | null = null,
): Promise<void> {
  await onServer(server, [`create database ${name}${from === null ? '' : ` template ${from}`}`])
}

/** Drops every database whose name begins so, whoever is connected. */
export async function dropOnServer(server: string, start: string): Promise<void> {
  const found = await onServer(server, [
    `select datname as name from pg_database where starts_with(datname, '${start}')`,
  ])
  await onServer(
    server,
    found.map(({ name }) => `drop database ${name} with (force)`),
  )
}

/** Runs statements one by one; gives the rows of all. The names in them are made here, of plain letters. */
async function onServer(
  url: string,
  statements: readonly string[],
): Promise<{ readonly name: string }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rows = []
    for (const sql of statements) rows.push(...(await client.query(sql)).rows)
    return rows
  } finally {
    await client.end()
  }
}
