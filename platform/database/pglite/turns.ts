/** One whose statements wait to be run: a connection. */
export interface Waiting<Statement> {
  readonly pending: Statement[]
}

/**
 * Whose statement is run next. Everybody is served in turn, one statement each, so that a page's
 * reads pass between the statements of an import; but one who is in a transaction is served alone
 * until it ends, since all share one session of the database.
 */
export class Turns<Statement, Who extends Waiting<Statement>> {
  readonly #queue: Who[] = []
  #holder: Who | null = null

  /** Adds one to the round. */
  join(who: Who): void {
    this.#queue.push(who)
  }

  /** Takes one out of the round; says whether it was in a transaction. */
  leave(who: Who): boolean {
    const at = this.#queue.indexOf(who)
    if (at >= 0) this.#queue.splice(at, 1)
    const held = this.#holder === who
    if (held) this.#holder = null
    return held
  }

  /** From now on only this one is served (null: everybody again). */
  hold(who: Who | null): void {
    this.#holder = who
  }

  /** The next statement and whose it is; null when there is none to run. */
  next(): { who: Who; statement: Statement } | null {
    if (this.#holder) {
      const statement = this.#holder.pending.shift()
      return statement === undefined ? null : { who: this.#holder, statement }
    }
    for (let i = 0; i < this.#queue.length; i++) {
      const who = this.#queue.shift() as Who
      this.#queue.push(who)
      const statement = who.pending.shift()
      if (statement !== undefined) return { who, statement }
    }
    return null
  }
}
