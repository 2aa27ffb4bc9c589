/**
 * Providers are found by their street too: letters and digits alone count, in small letters, as what is typed is
 * read (platform/providers/search.ts). An index of its own, so that the one of names stays as small as it is.
 *
 * The words of all names and streets, by which misspelt ones are put right. They are never shown.
 */
export const statements = [
  `create index listing_by_street on listing
    using gin ((regexp_replace(lower(body->>'address'), '[^[:alnum:]]+', ' ', 'g')) gin_trgm_ops)
    where body->>'address' is not null`,
  'create table search_word (word text primary key)',
  `insert into search_word
    select distinct word from listing l,
      regexp_split_to_table(lower(concat_ws(' ', l.search, l.body->>'address')), '[^[:alpha:]]+') word
    where l.level is distinct from 'lsoa' and length(word) between 3 and 40`,
  'create index search_word_by_trigram on search_word using gin (word gin_trgm_ops)',
]
