/** Counts that are rounded at publish: to what, which way for the next release, and by which secret. */
export const statements = [
  // Its counts were rounded to a multiple of this before anything was public; null where they were not.
  'alter table observation_series add column counts_rounded_to integer',
  // Few figures are rounded: which are is asked for every page of an indicator.
  `create index observation_series_rounded on observation_series (release_id, indicator,
    counts_rounded_to) where counts_rounded_to is not null`,
  // What the public was given, for the correction that takes its place: null where counts are hidden instead.
  'alter table protected_series add column rounded_part double precision[]',
  'alter table protected_series add column rounded_others double precision[]',
  // The release before, which it was held against when it was made safe.
  'alter table protected_release add column against integer',
  `create table rounding_secret (
    only_one boolean primary key default true check (only_one),
    secret text not null
  )`,
]
