import { randomUUID } from 'node:crypto'
import type { State } from '../comparison/reader.ts'
import type { Database, Queries } from '../database/database.ts'
import { replyToStory } from './answer.ts'
import { beginDraft, confirmDraft, keepAbout, keepWords, sendDraft } from './draft.ts'
import { publishStory } from './moderate.ts'
import { StoriesStore } from './store.ts'

export const moderator = { role: 'moderator', byWhom: 'hash of one' }
export const lead = { role: 'head teacher', providerName: 'Ansty School' }

/** What tests do with the stories of a database, one transaction each. */
export class TestStories {
  readonly store: StoriesStore
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
    this.store = new StoriesStore(db)
  }

  act<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    return this.#db.transaction(work)
  }

  /** The state as of an entry of the record, or now. */
  async state(record?: number): Promise<State> {
    const [row] = await this.#db.query<{ n: number }>(
      'select coalesce(max(number), 0) as n from record_entry',
    )
    return {
      ...{ publication: 1, at: null, invented: false, answers: 0 },
      ...{ record: record ?? row?.n ?? 0, checkpoint: 0, erased: 0 },
    }
  }

  /** A story that is published on a day. */
  async published(on: string, provider = 'C7'): Promise<number> {
    const key = { id: randomUUID(), browser: 'hers' }
    const email = 'ada@example.org'
    const told = { service: 'school', places: ['P1'] }
    await beginDraft(this.#db, key, provider)
    await keepWords(this.#db, key, { happened: 'Nobody called back.', good: '', better: '' })
    await keepAbout(this.#db, key, { feelings: [], teller: 'self', month: '' })
    await sendDraft(this.#db, key, email)
    const done = await this.act((tx) => confirmDraft(tx, { id: key.id, email }, told, on))
    const id = done?.story ?? 0
    const given = { themes: ['staff'], gravity: 0, on }
    await this.act((tx) => publishStory(tx, id, given, moderator, this.store.clock))
    return id
  }

  /** Replies, and gives the entry of the reply. */
  async reply(id: number, text: string, on: string, more: Record<string, string> = {}) {
    const standing = await this.act((tx) => replyToStory(tx, id, { text, on, ...more }, lead))
    return standing.reply?.entry ?? 0
  }

  async shown(id: number, record?: number) {
    return (await this.store.story(await this.state(record), id))?.standing ?? null
  }
}
