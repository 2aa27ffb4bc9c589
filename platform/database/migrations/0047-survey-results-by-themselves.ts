/** Which surveys are counted and published by themselves when they have ended, as was ordered; and what it came to. */
export const statements = [
  `create table survey_results_order (
    entry integer primary key references record_entry,
    survey integer not null references survey,
    is_on boolean not null,
    leave_out boolean not null,
    role text not null check (role <> ''),
    ordered_on date not null
  )`,
  `create index survey_results_order_of on survey_results_order (survey, entry)`,
  `create trigger survey_results_order_stays before update or delete on survey_results_order
    for each row execute function acts_stay()`,
  `create trigger survey_results_order_is_not_emptied before truncate on survey_results_order
    for each statement execute function acts_stay()`,
  // Once for each survey: where it could not be done, what was wrong, as a sentence.
  `create table survey_results_done (
    survey integer primary key references survey,
    done_on date not null,
    problem text check (problem <> '')
  )`,
]
