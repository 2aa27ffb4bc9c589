import type { Found, State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { closed, hitColumns, newest } from './listing-rows.ts'

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/**
 * Names, codes, towns and postcodes like what was typed; a misspelt name is found by its trigrams.
 * What holds the text comes before what is only like it, what begins with it first of all; closed
 * ones come last of either.
 */
export async function searchListings(
  db: Database,
  state: State,
  text: string,
  limit: number,
): Promise<Found[]> {
  const q = text.trim().toLowerCase().slice(0, 100)
  if (q.length < 2) return []
  // The hits first, by the index that leaves small areas out (0003-search): these have no name and
  // are found by their whole code. How like a hit is matters only where it does not hold the text.
  return db.query<Found>(
    `with hit as materialized (
       select l.* from listing l
       where (l.search like $4 or $2 <% l.search) and l.level is distinct from 'lsoa'
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
