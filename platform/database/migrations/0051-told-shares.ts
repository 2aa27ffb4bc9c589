/** Weighted shares as they were first told: however often a survey is counted, they stay what they were. */
export const statements = [
  `create table survey_told_share (
    survey integer not null references survey,
    provider text not null,
    part text not null,
    -- Both null where it is hidden.
    percent integer check (percent between 0 and 100),
    worth integer check (worth > 0),
    primary key (survey, provider, part),
    check ((percent is null) = (worth is null))
  )`,
  `create trigger survey_told_share_stays before update or delete on survey_told_share
    for each row execute function acts_stay()`,
  `create trigger survey_told_share_is_not_emptied before truncate on survey_told_share
    for each statement execute function acts_stay()`,
]
