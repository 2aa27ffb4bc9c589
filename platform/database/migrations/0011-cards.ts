/**
 * Report cards: each card as it was written at each publication (null: written no more), and a column each
 * over all providers that have a figure in it. Scores, errors and probabilities are whole numbers, 0 to
 * 10,000 for 0 to 1; -1 is none.
 */
export const statements = [
  `create table report_card (
    code text not null,
    publication integer not null,
    service text not null,
    definition text,
    subjects integer[] not null,
    among integer[] not null,
    lowest integer[] not null,
    highest integer[] not null,
    steady integer[] not null,
    weighted_lowest integer[] not null,
    weighted_highest integer[] not null,
    primary key (code, publication)
  )`,
  `create table report_card_item (
    code text not null,
    publication integer not null,
    item smallint not null,
    periods text[] not null,
    score integer[] not null,
    error integer[] not null,
    state integer[] not null,
    period integer[] not null,
    primary key (code, publication, item)
  )`,
  `create table report_card_part (
    code text not null,
    publication integer not null,
    part text not null,
    score integer[] not null,
    error integer[] not null,
    grade integer[] not null,
    likely integer[] not null,
    primary key (code, publication, part)
  )`,
]
