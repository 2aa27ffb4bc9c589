/**
 * How the gaps of each indicator changed between their first and their last period, by a test, as JSON,
 * with the declaration that they were measured by. A body of null: measured no more.
 */
export const statements = [
  `create table fairness_trend (
    indicator text not null,
    publication integer not null,
    declared text not null,
    body text,
    primary key (indicator, publication)
  )`,
]
