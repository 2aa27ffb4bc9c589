/** Asking people after an appointment: surveys that do, tokens that may report one, and what became of each report. */
export const statements = [
  // Instead of files, a token may report who was seen at some providers.
  'alter table publisher_token add appointments text[]',
  'alter table publisher_token drop constraint publisher_token_check',
  `alter table publisher_token add constraint publisher_token_is_for_one_thing
    check (num_nonnulls(descriptors, publisher, appointments) = 1)`,
  // How a survey asks after appointments: set once, so that everybody who is seen has the same chance.
  `create table survey_after (
    survey integer primary key references survey,
    way text not null check (way in ('email', 'letter')),
    -- Of those who are seen, how many in a hundred are drawn.
    share integer not null check (share between 1 and 100),
    -- For how many months nobody is asked twice.
    months integer not null check (months between 1 and 60),
    -- On the record too: what the draw goes by.
    seed text not null check (seed <> ''),
    entry integer not null references record_entry,
    -- The entry by which it ended before the survey did.
    stopped integer references record_entry
  )`,
  // Appointments as reported, for a month: sent again, each is answered as before. No row leads to an invitation.
  `create table survey_seen (
    token_id integer not null references publisher_token,
    -- Keyed hashes: of the sender's own name for it, of all else that was sent, of who was seen.
    reference_hash text not null,
    digest text not null,
    person_hash text not null,
    survey integer not null references survey,
    -- What the sender was told, which is less than what is known.
    told text not null check (told in ('invited', 'taken', 'asked-lately', 'not-asked', 'died')),
    -- A day alone: a time would tell which invitation was whose.
    reported_on date not null,
    primary key (token_id, reference_hash)
  )`,
  'create index survey_seen_by_person on survey_seen (person_hash)',
  'create index survey_seen_by_day on survey_seen (reported_on)',
  'alter table survey_seen enable row level security',
  // What became of those who were reported, in all.
  `create table survey_seen_count (
    survey integer not null references survey,
    provider text not null,
    outcome text not null
      check (outcome in ('invited', 'died', 'do-not-ask', 'asked-recently', 'not-drawn')),
    n integer not null check (n > 0),
    primary key (survey, provider, outcome)
  )`,
]
