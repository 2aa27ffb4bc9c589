import type { Found, State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import { postcodeOf } from '../places/locate.ts'
import { plainText, streetText } from '../publishing/search-text.ts'
import { closed, hitColumns, newest } from './listing-rows.ts'
import { wordsLike, wordsOf } from './words-like.ts'

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** Shorter texts stand in too many streets to tell any. */
const shortestStreet = 4

/** Texts as short as this stand within most names: they are looked for at the beginnings of words. */
const shortestWithin = 3

/** Of more streets that hold a text the first by name are looked at: it is "road", and tells none. */
const mostStreets = 400

/** Small areas have no name and are found by their whole code alone: the indices leave them out. */
const isNamed = `l.level is distinct from 'lsoa'`

type Asks = Pick<Queries, 'query'>

/** What was typed, as it is looked for. */
interface Typed {
  readonly text: string
  /** Patterns of what begins with it, and of what holds it. */
  readonly begins: string
  readonly holds: string
  /** A code is taken as it was typed. */
  readonly code: string
  readonly isPostcode: boolean
}

function typedOf(asked: string): Typed {
  const text = plainText(asked.slice(0, 100))
  const postcode = postcodeOf(text)
  // A first half alone ("GU34") may begin a code, too.
  const isPostcode = postcode?.includes(' ') ?? false
  const sought = isPostcode ? text.replace(/[^a-z0-9]/g, '') : text
  const like = likeText(sought)
  const isWordStart = isPostcode || sought.length < shortestWithin
  return {
    text: sought,
    begins: `${like}%`,
    holds: isWordStart ? `% ${like}%` : `%${like}%`,
    code: asked.trim().toUpperCase(),
    isPostcode,
  }
}

/**
 * Names, codes, towns, postcodes and streets like what was typed. What holds the text comes first, of that what
 * begins with it, a name before a street. Where nothing does, those that hold each of its words, put right where
 * it is misspelt. Names that are only like it by their trigrams are last. Closed ones come last of each.
 */
export async function searchListings(
  db: Asks,
  state: State,
  asked: string,
  limit: number,
): Promise<Found[]> {
  const typed = typedOf(asked)
  // Signs alone tell nothing, and no index knows them: they would be looked for in each row.
  if (typed.text.length < 2 || !/[\p{L}\p{N}]/u.test(typed.text)) return []
  const named = await searchNames(db, state, typed, limit)
  const streets = named.length < limit ? await searchStreets(db, state, typed, limit) : []
  const held = first(limit, named, streets)
  const exact = [...held.filter((h) => !h.closed), ...held.filter((h) => h.closed)]
  if (exact.length === limit || typed.text.length < shortestWithin) return exact
  const isWorded = exact.length === 0 && !typed.isPostcode
  const worded = isWorded ? await searchWords(db, state, wordsOf(typed.text), limit) : []
  const near = worded.length < limit ? await searchLike(db, state, typed, limit) : []
  return first(limit, exact, worded, near)
}

/** The first of some lists, each hit once. */
function first(limit: number, ...lists: readonly (readonly Found[])[]): Found[] {
  const byCode = new Map<string, Found>()
  for (const hit of lists.flat()) if (!byCode.has(hit.code)) byCode.set(hit.code, hit)
  return [...byCode.values()].slice(0, limit)
}

/** Those whose name, code, town or postcode holds what was typed; a small area whose code it is. */
function searchNames(db: Asks, state: State, typed: Typed, limit: number): Promise<Found[]> {
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l where (l.search like $2 or l.search like $3) and ${isNamed}
       union all
       select l.* from listing l join subject s on s.id = l.subject_id
       where s.code = $4 and l.level = 'lsoa'
     )
     select ${hitColumns}, true as exact from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, l.search like $2 desc, l.service is not null desc, l.name, s.code
     limit $5`,
    [state.publication, typed.begins, typed.holds, typed.code, limit],
  )
}

/** Those that do not hold what was typed, and are like it by their trigrams. */
function searchLike(db: Asks, state: State, typed: Typed, limit: number): Promise<Found[]> {
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l where $2 <% l.search and l.search not like $3 and ${isNamed}
     )
     select ${hitColumns}, false as exact from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, word_similarity($2, l.search) desc, l.service is not null desc, l.name, s.code
     limit $4`,
    [state.publication, typed.text, typed.holds, limit],
  )
}

/** Those whose street holds a text, whatever stands between its words. */
async function searchStreets(db: Asks, state: State, { text }: Typed, limit: number) {
  const street = streetText(text)
  if (street.length < shortestStreet) return []
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l where l.street is not null and l.street like $2
       order by l.name, l.subject_id limit ${mostStreets}
     )
     select ${hitColumns}, true as exact, l.body->>'address' as street
     from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, l.service is not null desc, l.name, s.code
     limit $3`,
    [state.publication, `%${street}%`, limit],
  )
}

/** A word with all that it may have been meant as, the likeliest first. */
interface Meant {
  readonly typed: string
  readonly words: readonly string[]
}

/** What a word begins with that was typed, or is where it was put right: an expression. They are letters and digits. */
const asMeant = (typed: string, words: readonly string[]): string =>
  `\\m(${words.map((word) => (word === typed ? word : `${word}\\M`)).join('|')})`

/**
 * Those whose name, town or street has each of some words, however each is misspelt; first those that have most of
 * them as they were most likely meant.
 */
async function searchWords(
  db: Asks,
  state: State,
  typed: readonly string[],
  limit: number,
): Promise<Found[]> {
  const meant: Meant[] = []
  for (const word of typed) meant.push({ typed: word, words: await wordsLike(db, word) })
  if (meant.length === 0 || meant.some(({ words }) => words.length === 0)) return []
  const parameters: (string | number)[] = [state.publication, limit]
  const given = (text: string): string => `$${parameters.push(text)}`
  const conditions = meant.map(({ typed, words }) => {
    const patterns = words.map((word) => given(`%${word}%`))
    const [any, likeliest] = [
      given(asMeant(typed, words)),
      given(asMeant(typed, words.slice(0, 1))),
    ]
    const holds = (of: string): string => patterns.map((held) => `${of} like ${held}`).join(' or ')
    return {
      // The indices find what holds the letters; whether it is a word is looked at in these alone.
      holds: `(${holds('l.search')} or (l.street is not null and (${holds('l.street')})))`,
      has: `(l.search ~ ${any} or coalesce(l.street ~ ${any}, false))`,
      named: `(l.search ~ ${any})::int`,
      likeliest: `(l.search ~ ${likeliest} or coalesce(l.street ~ ${likeliest}, false))::int`,
    }
  })
  const each = (of: keyof (typeof conditions)[0], joined: string): string =>
    conditions.map((c) => c[of]).join(joined)
  return db.query<Found>(
    `with held as materialized (
       select l.* from listing l where ${each('holds', ' and ')} and ${isNamed}
     ), hit as materialized (
       select l.*, ${each('named', ' + ')} as named, ${each('likeliest', ' + ')} as likeliest
       from held l where ${each('has', ' and ')}
     )
     select ${hitColumns}, false as exact,
       case when l.named < ${conditions.length} then l.body->>'address' end as street
     from hit l join subject s on s.id = l.subject_id
     where ${newest}
     order by ${closed}, l.likeliest desc, l.named desc, l.service is not null desc, l.name, s.code
     limit $2`,
    parameters,
  )
}
