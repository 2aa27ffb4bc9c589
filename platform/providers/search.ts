import type { Found, State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import { closed, hitColumns, newest } from './listing-rows.ts'
import { wordsLike, wordsOf } from './words-like.ts'

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** A street as it is held against what was typed: see the index `listing_by_street`. */
const street = `regexp_replace(lower(l.body->>'address'), '[^[:alnum:]]+', ' ', 'g')`
const hasStreet = `l.body->>'address' is not null`

/** Shorter texts stand in too many streets to tell any. */
const shortestStreet = 4

/** Of more streets that hold a text the first by name are looked at: it is "road", and tells none. */
const mostStreets = 400

/** Small areas have no name and are found by their whole code alone: the indices leave them out. */
const isNamed = `l.level is distinct from 'lsoa'`

type Asks = Pick<Queries, 'query'>

/**
 * Names, codes, towns, postcodes and streets like what was typed; a misspelt name is found by its trigrams.
 * What holds the text comes before what is only like it, what begins with it first of all, a name before a street;
 * closed ones come last of either. Where nothing is, those that hold each of its words, put right where it is
 * misspelt.
 */
export async function searchListings(
  db: Asks,
  state: State,
  text: string,
  limit: number,
): Promise<Found[]> {
  const q = text.trim().toLowerCase().slice(0, 100)
  if (q.length < 2) return []
  const named = await searchNames(db, state, q, limit)
  const exact = named.filter((h) => h.exact)
  const streets = exact.length < limit ? await searchStreets(db, state, q, limit) : []
  if (streets.length === 0)
    return named.length > 0 ? named : searchWords(db, state, wordsOf(q), limit)
  const known = new Set(exact.map((h) => h.code))
  const held = [...exact, ...streets.filter((h) => !known.has(h.code))]
  const all = new Set(held.map((h) => h.code))
  const near = named.filter((h) => !all.has(h.code))
  const [open, shut] = [held.filter((h) => !h.closed), held.filter((h) => h.closed)]
  return [...open, ...shut, ...near].slice(0, limit)
}

function searchNames(db: Asks, state: State, q: string, limit: number): Promise<Found[]> {
  // The hits first, by the index. How like a hit is matters only where it does not hold the text.
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l
       where (l.search like $4 or $2 <% l.search) and ${isNamed}
       union all
       select l.* from listing l join subject s on s.id = l.subject_id
       where s.code = upper($2) and l.level = 'lsoa'
     )
     select ${hitColumns}, l.search like $4 as exact from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by l.search like $4 desc, ${closed}, l.search like $3 desc,
       case when l.search like $4 then 1 else word_similarity($2, l.search) end desc,
       l.service is not null desc, l.name, s.code
     limit $5`,
    [state.publication, q, `${likeText(q)}%`, `%${likeText(q)}%`, limit],
  )
}

/** Those whose street holds a text, whatever stands between its words. */
async function searchStreets(db: Asks, state: State, q: string, limit: number): Promise<Found[]> {
  const typed = q.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  if (typed.length < shortestStreet) return []
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l where ${hasStreet} and ${street} like $2
       order by l.name, l.subject_id limit ${mostStreets}
     )
     select ${hitColumns}, true as exact, l.body->>'address' as street
     from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, l.service is not null desc, l.name, s.code
     limit $3`,
    [state.publication, `%${typed}%`, limit],
  )
}

/** Those whose name, town or street holds each of some words, however each is misspelt. */
async function searchWords(
  db: Asks,
  state: State,
  typed: readonly string[],
  limit: number,
): Promise<Found[]> {
  const meant: (readonly string[])[] = []
  for (const word of typed) meant.push(await wordsLike(db, word))
  if (meant.length === 0 || meant.some((words) => words.length === 0)) return []
  const parameters: (string | number)[] = [state.publication, limit]
  /** For each word: that a name, or a street, holds one of what it may be. */
  const conditions = meant.map((words) => {
    const held = words.map((word) => `like $${parameters.push(`%${likeText(word)}%`)}`)
    const holds = (of: string): string => held.map((like) => `${of} ${like}`).join(' or ')
    return { name: `(${holds('l.search')})`, street: `(${hasStreet} and (${holds(street)}))` }
  })
  return db.query<Found>(
    `with hit as materialized (
       select l.*, ${conditions.map((c) => `${c.name}::int`).join(' + ')} as names from listing l
       where ${conditions.map((c) => `(${c.name} or ${c.street})`).join(' and ')} and ${isNamed}
     )
     select ${hitColumns}, false as exact,
       case when l.names < ${conditions.length} then l.body->>'address' end as street
     from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, l.names desc, l.service is not null desc, l.name, s.code
     limit $2`,
    parameters,
  )
}
