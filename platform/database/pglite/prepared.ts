/** Reading statements that are planned once and kept; of more than these each is planned anew. */
const most = 100

/**
 * Gives reading statements a name, so that PostgreSQL plans each once for a connection: on PGlite
 * planning costs as much as the reading. All connections of one PGlite share its one session, so that
 * a name tells the connection too. Only for the thread that opened the database, whose connections
 * stay: what others named would never be let go.
 */
export class PreparedNames {
  readonly #statements = new Map<string, number>()
  readonly #connections = new WeakMap<object, number>()
  #connected = 0

  /** The name of a statement on a connection; undefined where it is not to be kept. */
  name(connection: object, sql: string): string | undefined {
    if (!/^\s*(select|with)\b/i.test(sql)) return undefined
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      if (this.#statements.size >= most) return undefined
      statement = this.#statements.size
      this.#statements.set(sql, statement)
    }
    let number = this.#connections.get(connection)
    if (number === undefined) {
      number = this.#connected
      this.#connected += 1
      this.#connections.set(connection, number)
    }
    return `connection ${number} statement ${statement}`
  }
}
