/** What somebody wrote in a survey may speak of a crisis: it is read first. */
export const statements = [
  'alter table survey_text add crisis boolean not null default false',
  'create index survey_text_urgent on survey_text (sent_at) where read_at is null and crisis',
]
