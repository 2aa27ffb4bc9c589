/**
 * Standards as they were written at each publication (null: written no more), and the judgements by
 * them: a column each over all whom a standard binds.
 */
export const statements = [
  `create table standard (
    code text not null,
    publication integer not null,
    definition text,
    primary key (code, publication)
  )`,
  `create table judgement (
    standard text not null,
    period text not null,
    publication integer not null,
    threshold double precision not null,
    subjects integer[] not null,
    outcome smallint[] not null,
    reason smallint[] not null,
    below double precision[] not null,
    primary key (standard, period, publication)
  )`,
]
