/**
 * Studies of value for money as they were written at each publication (null: written no more), and
 * what each found in each year: a column over all providers that it took. Columns of several
 * numbers a provider (values, targets, peers) hold those of the first provider, then of the second.
 */
export const statements = [
  `create table value_study (
    code text not null,
    publication integer not null,
    definition text,
    primary key (code, publication)
  )`,
  `create table value_year (
    study text not null,
    period text not null,
    publication integer not null,
    summary jsonb not null,
    subjects integer[] not null,
    column_values double precision[] not null,
    targets double precision[] not null,
    score double precision[] not null,
    lower95 double precision[] not null,
    upper95 double precision[] not null,
    constant double precision[] not null,
    returns smallint[] not null,
    efficient smallint[] not null,
    peer_counts smallint[] not null,
    peers integer[] not null,
    weights double precision[] not null,
    caught_up double precision[] not null,
    best_moved double precision[] not null,
    outcome double precision[] not null,
    outcome_lower double precision[] not null,
    outcome_upper double precision[] not null,
    cost double precision[] not null,
    primary key (study, period, publication)
  )`,
]
