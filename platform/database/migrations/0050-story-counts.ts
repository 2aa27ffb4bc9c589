/** How often the stories are counted and published by themselves, as a steward has ordered; and when they were. */
export const statements = [
  `create table story_counting (
    entry integer primary key references record_entry,
    every text not null check (every in ('day', 'month', 'never')),
    role text not null check (role <> ''),
    ordered_on date not null
  )`,
  `create trigger story_counting_stays before update or delete on story_counting
    for each row execute function acts_stay()`,
  `create trigger story_counting_is_not_emptied before truncate on story_counting
    for each statement execute function acts_stay()`,
  // A day on which they were counted by an order; without a publication where nothing was new.
  `create table story_counted (
    counted_on date primary key,
    publication integer
  )`,
]
