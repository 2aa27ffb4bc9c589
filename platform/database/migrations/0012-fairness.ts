/**
 * What was found of fairness in each indicator and period at each publication, as JSON, with the
 * declaration that it was measured by. A body of null: measured no more.
 */
export const statements = [
  `create table fairness (
    indicator text not null,
    period text not null,
    publication integer not null,
    declared text not null,
    body text,
    primary key (indicator, period, publication)
  )`,
]
