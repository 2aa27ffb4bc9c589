/**
 * What a release said before anything was hidden, and what was: for the corrections that take its place
 * and for its steward. Nothing that the public reads touches it.
 */
export const statements = [
  `create table protected_series (
    release_id integer not null references release on delete cascade,
    indicator text not null,
    breakdown text not null,
    period text not null,
    subjects integer[] not null,
    part double precision[] not null,
    base double precision[],
    -- Place in the list of verdicts: platform/disclosure/hide.ts.
    verdict smallint[] not null,
    primary key (release_id, indicator, breakdown, period)
  )`,
  // What the public may know of it: how much was hidden, and by which rules.
  `create table protected_release (
    release_id integer primary key references release on delete cascade,
    figures integer not null,
    hidden integer not null,
    rules jsonb not null
  )`,
]
