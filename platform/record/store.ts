import {
  completedAt,
  consistencyProof,
  consistencySubtrees,
  type Entry,
  hex,
  inclusionProof,
  inclusionSubtrees,
  type RecordLine,
  readEntry,
  type Subtree,
} from '@plumbline/record'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { recordLines } from './lines.ts'
import { recordKeys } from './verify.ts'

/** A part of an entry that may be erased, and has not been. */
export interface PersonalPart {
  readonly value: string
  /** In hexadecimal digits: with it, anyone can see that the value is the one that was sealed. */
  readonly salt: string
}

/** An entry as it is stored. */
export interface StoredEntry {
  readonly entry: Entry
  /** As it was hashed. */
  readonly text: string
  /** In hexadecimal digits. */
  readonly hash: string
  readonly personal: Readonly<Record<string, PersonalPart>>
}

export interface StoredCheckpoint {
  readonly size: number
  readonly madeAt: string
  /** As it was signed. */
  readonly note: string
}

/** What a list of entries is narrowed to; an empty text narrows nothing. */
export interface RecordFilter {
  readonly act?: string
  readonly subject?: string
  /** Any of these. */
  readonly subjects?: readonly string[]
  /** Days, in UTC, both within. */
  readonly from?: string
  readonly to?: string
  /** Part of an entry's text. */
  readonly q?: string
  readonly page?: number
  readonly size?: number
}

/** What pages may ask of the record. */
export interface RecordReader {
  /** The newest first, with how many there are in all. */
  list(state: State, filter: RecordFilter): Promise<{ total: number; entries: StoredEntry[] }>
  entry(state: State, number: number): Promise<StoredEntry | null>
  /** The newest first. */
  checkpoints(state: State, size?: number): Promise<readonly StoredCheckpoint[]>
  /** The proof that an entry is in the tree of the first `size` entries; null where there are not so many. */
  inclusion(state: State, number: number, size: number): Promise<Uint8Array[] | null>
  /** The proof that the first `size` entries begin with the first `first`; null likewise. */
  consistency(state: State, first: number, size: number): Promise<Uint8Array[] | null>
  /** The public keys that have signed. */
  keys(): Promise<readonly string[]>
  /** All of it, in its order, in parts. */
  lines(state: State): AsyncGenerator<RecordLine[], void>
}

interface Row {
  entry: string
  hashes: Uint8Array
  personal: Record<string, PersonalPart> | null
}

const columns = `entry, hashes, (select jsonb_object_agg(p.name,
    jsonb_build_object('value', p.value, 'salt', encode(p.salt, 'hex')))
  from record_personal p where p.number = e.number) as personal`

export class RecordStore implements RecordReader {
  readonly #db: Pick<Database, 'query'>

  constructor(db: Pick<Database, 'query'>) {
    this.#db = db
  }

  async list(
    { record }: State,
    filter: RecordFilter,
  ): Promise<{ total: number; entries: StoredEntry[] }> {
    const { size = 25, page = 1 } = filter
    const { where, values } = narrowed(filter, record)
    const isWhole = values.length === 1
    const [counted] = isWhole
      ? [{ n: record }]
      : await this.#db.query<{ n: number }>(
          `select count(*)::int as n from record_entry e where ${where}`,
          values,
        )
    // The whole list has no gaps: a page far back is found by its numbers.
    const skip = isWhole
      ? `and number <= $1 - ${(page - 1) * size}`
      : `order by number desc offset ${(page - 1) * size}`
    const rows = await this.#db.query<Row>(
      `select ${columns} from record_entry e where ${where} ${skip}
       ${isWhole ? 'order by number desc' : ''} limit ${size}`,
      values,
    )
    return { total: counted?.n ?? 0, entries: rows.flatMap(stored) }
  }

  async entry({ record }: State, number: number): Promise<StoredEntry | null> {
    const rows = await this.#db.query<Row>(
      `select ${columns} from record_entry e where number = $1 and number <= $2`,
      [number, record],
    )
    return rows.flatMap(stored)[0] ?? null
  }

  async checkpoints({ checkpoint }: State, size?: number): Promise<StoredCheckpoint[]> {
    return this.#db.query<StoredCheckpoint>(
      `select size, made_at as "madeAt", note from record_checkpoint
       where size <= $1 and ($2::integer is null or size = $2) order by size desc`,
      [checkpoint, size ?? null],
    )
  }

  async inclusion(state: State, number: number, size: number): Promise<Uint8Array[] | null> {
    if (number < 1 || number > size || size > state.record) return null
    const hashOf = await this.#hashes(inclusionSubtrees(number - 1, size))
    return inclusionProof(number - 1, size, hashOf)
  }

  async consistency(state: State, first: number, size: number): Promise<Uint8Array[] | null> {
    if (first < 1 || first > size || size > state.record) return null
    const hashOf = await this.#hashes(consistencySubtrees(first, size))
    return consistencyProof(first, size, hashOf)
  }

  /** The hash of each subtree lies with the entry that completed it. */
  async #hashes(wanted: readonly Subtree[]): Promise<(subtree: Subtree) => Uint8Array> {
    const rows = await this.#db.query<{ number: number; hashes: Uint8Array }>(
      'select number, hashes from record_entry where number = any($1::integer[])',
      [wanted.map(completedAt)],
    )
    const byNumber = new Map(rows.map((r) => [r.number, r.hashes]))
    return (subtree) => {
      const hashes = byNumber.get(completedAt(subtree)) ?? new Uint8Array()
      return hashes.subarray(32 * subtree.level, 32 * (subtree.level + 1))
    }
  }

  async keys(): Promise<readonly string[]> {
    return (await recordKeys(this.#db)).map((k) => k.text)
  }

  lines({ record }: State): AsyncGenerator<RecordLine[], void> {
    return recordLines(this.#db, record)
  }
}

/** What a filter asks, in SQL; the first value is always the last entry of the state. */
function narrowed(filter: RecordFilter, record: number): { where: string; values: unknown[] } {
  const { act, subject, subjects, from, to, q } = filter
  const values: unknown[] = [record]
  const asked: string[] = ['number <= $1']
  const ask = (
    value: string | readonly string[] | undefined,
    sql: (parameter: string) => string,
  ): void => {
    if (!value) return
    values.push(value)
    asked.push(sql(`$${values.length}`))
  }
  ask(act, (p) => `act = ${p}`)
  ask(subject, (p) => `subject = ${p}`)
  ask(subjects, (p) => `subject = any(${p}::text[])`)
  ask(from, (p) => `recorded_at >= ${p}::date::timestamp at time zone 'UTC'`)
  ask(to, (p) => `recorded_at < (${p}::date + 1)::timestamp at time zone 'UTC'`)
  // Reasons and names that people wrote lie beside the entry, until they are erased.
  ask(
    q?.trim().replaceAll(/[\\%_]/g, '\\$&'),
    (p) => `(entry ilike '%' || ${p} || '%' or exists (select 1 from record_personal p
      where p.number = e.number and p.value ilike '%' || ${p} || '%'))`,
  )
  return { where: asked.join(' and '), values }
}

/** What is no entry is left out of lists; verification names it. */
function stored({ entry: text, hashes, personal }: Row): StoredEntry[] {
  const entry = readEntry(text)
  const hash = hex(hashes.subarray(0, 32))
  return entry === null ? [] : [{ entry, text, hash, personal: personal ?? {} }]
}
