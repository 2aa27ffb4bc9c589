import type { Queries } from '../database/database.ts'

/** More words tell no more. */
const mostWords = 6

/** So many words that one may have been meant as are tried. */
const mostTried = 4

/** Words of two letters and less are in too many names to tell any. */
export const wordsOf = (text: string): string[] =>
  [...new Set(text.match(/[\p{L}\p{N}]{3,40}/gu))].slice(0, mostWords)

/** A word with each two neighbours of it changed about: trigrams hardly find "junior" by "jnuior". */
function swapped(word: string): string[] {
  const letters = [...word]
  return letters
    .slice(1)
    .map((_, at) =>
      [...letters.slice(0, at), letters[at + 1], letters[at], ...letters.slice(at + 2)].join(''),
    )
}

/**
 * What a typed word may have been meant as, the likeliest first: itself where a word of names or streets begins
 * with it, or it has a digit; words of which two letters changed places; the few that are most like it. None where
 * nothing is.
 */
export async function wordsLike(db: Pick<Queries, 'query'>, typed: string): Promise<string[]> {
  if (/\d/.test(typed)) return [typed]
  const found = await db.query<{ word: string }>(
    `select word from (
       (select $1::text as word, 0 as way from search_word where word like $2 limit 1)
       union all select word, 1 from search_word where word = any($3::text[])
       union all select word, 2 from search_word where word % $1
     ) found group by word order by min(way), similarity(word, $1) desc, word limit ${mostTried}`,
    [typed, `${typed}%`, swapped(typed)],
  )
  return found.map((f) => f.word)
}
