/** What somebody wrote in a survey may speak of a crisis; and a letter of paper has a code not to be asked again. */
export const statements = [
  'alter table survey_text add crisis boolean not null default false',
  'create index survey_text_urgent on survey_text (sent_at) where read_at is null and crisis',
  // Of the code on a letter of paper by which somebody is not asked any more; nothing ties it to an answer.
  'alter table survey_peace add stop_hash text unique',
]
