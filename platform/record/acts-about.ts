import type { Queries } from '../database/database.ts'

const kinds = ['replies', 'corrections', 'stories', 'signals'] as const
type Kind = (typeof kinds)[number]

/**
 * About whom and what acts have ever been recorded: providers of replies, corrections and stories, keys of
 * signals. Of most providers nobody has said anything, and their pages need not ask the database to know.
 * Entries are only ever added, so each is read once, and what is known at one entry holds for all states
 * up to it: about whom it knows no act, there was none.
 *
 * @example
 * if (!(await about.has(state, 'replies', 'A81001'))) return []
 */
export class ActsAbout {
  readonly #db: Pick<Queries, 'query'>
  readonly #about: Readonly<Record<Kind, Set<string>>> = {
    replies: new Set(),
    corrections: new Set(),
    stories: new Set(),
    signals: new Set(),
  }
  #known = 0
  #reading: Promise<void> | null = null

  constructor(db: Pick<Queries, 'query'>) {
    this.#db = db
  }

  /** Whether any act of the kind may be about it in that state; false is certain. */
  async has({ record }: { readonly record: number }, kind: Kind, what: string): Promise<boolean> {
    // Twice, since a reading under way may have begun before the entry was written.
    for (let reading = 0; reading < 2 && this.#known < record; reading++) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
    return this.#about[kind].has(what)
  }

  /** One statement, so that all it finds is of one moment. */
  async #read(): Promise<void> {
    const rows = await this.#db.query<{ kind: Kind; what: string | null; last: number }>(
      `with last as (select coalesce(max(number), 0) as number from record_entry)
       select distinct kind, what, last.number as last from last left join (
         select 'replies' as kind, provider as what from reply_act where entry > $1
         union all select 'corrections', c.provider from correction_act a
           join correction c on c.id = a.correction where a.entry > $1
         union all select 'stories', s.provider from story_act a
           join story s on s.id = a.story where a.entry > $1
         union all select 'signals', signal from signal_act where entry > $1) acts on true`,
      [this.#known],
    )
    for (const { kind, what } of rows) if (what !== null) this.#about[kind].add(what)
    this.#known = rows[0]?.last ?? this.#known
  }
}
