/** What people wrote in surveys is about, as a moderator read it: it stays when their words go. */
export const statements = [
  `create table survey_theme (
    response uuid not null references survey_response,
    question text not null,
    theme text not null,
    primary key (response, question, theme)
  )`,
  // One text may be about several things: they stand above.
  'alter table survey_text drop column theme',
  'alter table survey_theme enable row level security',
]
