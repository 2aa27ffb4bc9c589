/**
 * What a search is held against, in one form (platform/publishing/search-text.ts): postcodes with one space and
 * without any, no apostrophes and no full stops. A street has a column of its own, for it is read by many
 * searches and made but once. The words that misspelt ones are put right by are made anew of both.
 */

/** A text in SQL without apostrophes and full stops, with one space between its words. */
const plain = (text: string): string =>
  `btrim(regexp_replace(regexp_replace(regexp_replace(lower(${text}),
    '(?<=[[:alpha:]]{2})\\.(?=[[:alpha:]])|(?<=[[:alpha:]])\\.(?=[[:alpha:]]{2})', ' ', 'g'),
    '[''’‘ʼ\`.]', '', 'g'), '\\s+', ' ', 'g'))`

const letters = `upper(regexp_replace(l.postcode, '[^A-Za-z0-9]', '', 'g'))`

/** A postcode with one space; what is no postcode as it is. */
const postcode = `case
  when ${letters} ~ '^[A-Z]{1,2}\\d[A-Z\\d]?\\d[A-Z]{2}$'
    then regexp_replace(${letters}, '(\\d[A-Z]{2})$', ' \\1')
  when ${letters} ~ '^[A-Z]{1,2}\\d[A-Z\\d]?$' then ${letters}
  else l.postcode end`

// Indices are made last: what is put into one that is there waits in a list, which each search reads to its end.
export const statements = [
  'drop index listing_by_search',
  'drop index listing_by_street',
  'drop index search_word_by_trigram',
  'alter table listing add column street text',
  `update listing l set
     search = ${plain(`concat_ws(' ', nullif(l.name, ''), s.code, nullif(l.town, ''),
       nullif(${postcode}, ''), nullif(regexp_replace(${postcode}, '\\s+', '', 'g'), ''))`)},
     street = nullif(btrim(regexp_replace(${plain(`l.body->>'address'`)}, '[^[:alnum:]]+', ' ', 'g')), '')
   from subject s where s.id = l.subject_id and l.level is distinct from 'lsoa'`,
  `create index listing_by_search on listing using gin (search gin_trgm_ops)
    where level is distinct from 'lsoa'`,
  'create index listing_by_street on listing using gin (street gin_trgm_ops) where street is not null',
  'delete from search_word',
  `insert into search_word
    select distinct word from listing l,
      regexp_split_to_table(concat_ws(' ', l.search, l.street), '[^[:alpha:]]+') word
    where l.level is distinct from 'lsoa' and length(word) between 3 and 40`,
  'create index search_word_by_trigram on search_word using gin (word gin_trgm_ops)',
  'analyze listing',
  'analyze search_word',
]
