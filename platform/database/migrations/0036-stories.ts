import { ifRole } from './0022-people.ts'

/**
 * Stories that citizens tell of services. Until its teller has said yes by a letter, a story is a draft and
 * lies apart; from then on each act on it is a row that bears the number of its entry on the record. Words lie
 * in tables of their own, so that they can go while the act stays.
 */
export const statements = [
  `create table story_draft (
    id uuid primary key,
    -- Which browser began it: a keyed hash. No other browser sees it.
    browser text not null,
    provider text not null,
    happened text not null default '',
    good text not null default '',
    better text not null default '',
    feelings text[] not null default '{}',
    -- Who tells it: "I used it".
    teller text not null default '',
    -- The month in which it happened, such as 2026-11; empty where it was not said.
    month text not null default '',
    email text,
    sent_at timestamptz,
    changed_at timestamptz not null default now()
  )`,
  'create index story_draft_by_browser on story_draft (browser)',
  'create index story_draft_by_email on story_draft (email)',
  `create table story (
    id integer primary key generated always as identity,
    -- The number of the draft: confirmed twice, it is told once.
    draft uuid not null unique,
    provider text not null,
    service text not null,
    -- The places that the provider lay in when it was told.
    places text[] not null,
    feelings text[] not null,
    teller text not null,
    month text not null,
    -- It holds words of a crisis: somebody looks at it first.
    crisis boolean not null
  )`,
  'create index story_by_provider on story (provider)',
  // Whom letters about a story go to; gone, nobody knows any more who told it.
  `create table story_teller (
    story integer primary key references story,
    email text not null,
    since timestamptz not null default now()
  )`,
  'create index story_teller_by_email on story_teller (email)',
  `create table story_words (
    story integer not null references story,
    version integer not null,
    happened text not null check (happened <> ''),
    good text not null,
    better text not null,
    primary key (story, version)
  )`,
  `create table story_act (
    entry integer primary key references record_entry,
    story integer not null references story,
    act text not null check (act in ('told', 'returned', 'reworded', 'published', 'hidden', 'appealed',
      'withdrawn', 'replied', 'claim-read', 'change-made', 'change-dropped', 'helped', 'due-moved')),
    role text not null check (role <> ''),
    acted_on date not null,
    -- Which of its words were told, reworded or published.
    version integer,
    -- The published rule by which it was returned or hidden.
    rule text,
    themes text[] not null default '{}',
    -- By when a reply is due, and how that was worked out: platform/replies/deadline.ts.
    due date,
    clock text,
    -- By when a reply says that something will have changed.
    change_by date,
    -- Of a claim that was read: whether it stands.
    accepted boolean,
    -- Of the teller: whether it helped.
    answer text check (answer in ('yes', 'partly', 'no')),
    -- A keyed hash of the moderator who did it, so that another one decides on an appeal.
    by_whom text,
    check (act not in ('returned', 'hidden') or rule is not null),
    check ((act = 'helped') = (answer is not null)),
    check ((act = 'claim-read') = (accepted is not null)),
    check (act not in ('published', 'due-moved') or (due is not null and clock is not null))
  )`,
  'create index story_act_by_story on story_act (story, entry)',
  // What was said with an act: a reply, what was changed, an appeal, a reason.
  `create table story_said (
    entry integer primary key references story_act,
    text text not null check (text <> ''),
    -- What a reply says will change.
    change text
  )`,
  // Where each story stands: worked out from its acts, by each of them.
  `create table story_now (
    story integer primary key references story,
    stage text not null check (stage in ('waiting', 'returned', 'published', 'hidden', 'withdrawn')),
    -- An appeal, or a claim that something will change, waits for a moderator.
    appeal boolean not null,
    claim boolean not null,
    -- Its gravest sentence, 0 to 5, as a moderator sees it; never public. Null until somebody has.
    gravity smallint check (gravity between 0 and 5),
    -- The entry of its publication; null where it does not stand in public.
    published integer,
    due date,
    -- Since when it waits for whom.
    waits_since date not null
  )`,
  `create index story_now_waiting on story_now (stage) where stage = 'waiting' or appeal or claim`,
  'create index story_now_published on story_now (published) where published is not null',
  ...['story', 'story_act'].map(
    (table) => `create trigger ${table}_stays before update or delete on ${table}
      for each row execute function acts_stay()`,
  ),
  ...['story_words', 'story_said'].map(
    (table) => `create trigger ${table}_stays before update on ${table}
      for each row execute function acts_stay()`,
  ),
  ...['story', 'story_act', 'story_words', 'story_said'].map(
    (table) => `create trigger ${table}_is_not_emptied before truncate on ${table}
      for each statement execute function acts_stay()`,
  ),
  'alter table story_draft enable row level security',
  'create policy own_rows on story_draft using (email = (select email from person_address))',
  'alter table story_teller enable row level security',
  'create policy own_rows on story_teller using (email = (select email from person_address))',
  'alter table story_words enable row level security',
  'create policy own_rows on story_words using (story in (select story from story_teller))',
  ifRole('grant select on story_teller, story_words to plumbline_person'),
  ifRole(
    `grant select (provider, happened, good, better, feelings, teller, month, email, sent_at, changed_at)
      on story_draft to plumbline_person`,
  ),
]
