/** Surveys: whom they are about, how one comes to them, and what people answered. */
export const statements = [
  `create table survey (
    id integer primary key generated always as identity,
    title text not null check (title <> ''),
    service text not null,
    -- All its questions, as they were when it began: platform/surveys/instrument.ts.
    instrument text not null,
    opens date not null,
    closes date not null check (closes >= opens),
    -- Ended before its last day.
    ended_at timestamptz,
    invented boolean not null,
    -- Its entry on the record.
    entry integer not null references record_entry
  )`,
  'create index survey_by_service on survey (service)',
  // What stands on a poster: anybody may come by it, so the code is no secret.
  `create table survey_link (
    code text primary key,
    survey integer not null references survey,
    provider text not null,
    unique (survey, provider)
  )`,
  'create index survey_link_by_provider on survey_link (provider)',
  // People who were chosen. Who they are is not kept here: a keyed hash of their code alone.
  `create table survey_invitation (
    id uuid primary key default gen_random_uuid(),
    survey integer not null references survey,
    provider text not null,
    code_hash text not null unique,
    -- The part of the sample that they stand for; empty where it has no parts.
    stratum text not null default '',
    way text not null check (way in ('letter', 'email', 'appointment')),
    made_at timestamptz not null default now()
  )`,
  'create index survey_invitation_by_survey on survey_invitation (survey, provider)',
  `create table survey_response (
    id uuid primary key,
    survey integer not null references survey,
    provider text not null,
    -- Of who was chosen; null of who came by an open link, who chose themselves.
    invitation uuid unique references survey_invitation,
    way text not null check (way in ('link', 'poster', 'kiosk', 'letter', 'email', 'appointment')),
    language text not null,
    -- Of the code to come back by; null some time after the answers were sent.
    return_hash text unique,
    begun_at timestamptz not null default now(),
    saved_at timestamptz not null default now(),
    submitted_at timestamptz,
    answers jsonb not null default '{}'
  )`,
  'create index survey_response_sent on survey_response (survey, provider, submitted_at) where submitted_at is not null',
  'create index survey_response_unsent on survey_response (saved_at) where submitted_at is null',
  // What people wrote in their own words: apart, so that it can go while the answers stay.
  `create table survey_text (
    response uuid not null references survey_response,
    question text not null,
    text text not null check (text <> ''),
    sent_at timestamptz not null default now(),
    -- Null until a moderator has read it: then whether it counts, and among what.
    read_at timestamptz,
    theme text,
    primary key (response, question)
  )`,
  'create index survey_text_unread on survey_text (sent_at) where read_at is null',
  // How many people might have been asked, and were, of each part of a sample: what weights go by.
  `create table survey_frame (
    survey integer not null references survey,
    provider text not null,
    stratum text not null,
    people integer not null check (people > 0),
    invited integer not null check (invited between 0 and people),
    primary key (survey, provider, stratum)
  )`,
  // People by a keyed hash of how they are reached: who asked not to be asked, and who was asked last when.
  `create table survey_peace (
    person_hash text primary key,
    asked_on date,
    never boolean not null default false,
    since timestamptz not null default now()
  )`,
  ...['survey_response', 'survey_text', 'survey_invitation', 'survey_peace'].map(
    (table) => `alter table ${table} enable row level security`,
  ),
]
