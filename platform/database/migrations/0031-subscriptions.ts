import { ifRole } from './0022-people.ts'

/** Who is told by email what changes, and what was late when. */
export const statements = [
  // An address may have subscriptions without anybody ever signing in by it.
  `create table subscriber (
    id uuid primary key default gen_random_uuid(),
    email text not null unique,
    made_at timestamptz not null default now()
  )`,
  `create table subscription (
    id uuid primary key default gen_random_uuid(),
    subscriber_id uuid not null references subscriber on delete cascade,
    kind text not null check (kind in ('provider', 'place', 'indicator', 'standard', 'late')),
    -- Empty for late figures: those of all that the person's role reaches.
    code text not null,
    pace text not null default 'weekly' check (pace in ('at-once', 'daily', 'weekly')),
    asked_at timestamptz not null default now(),
    -- Null until whoever reads the address has said yes.
    confirmed_at timestamptz,
    -- The publication (for late figures, the notice) up to which it was told.
    told integer not null default 0,
    -- When it was last its turn, whether or not there was anything to tell.
    looked_at timestamptz not null default now(),
    unique (subscriber_id, kind, code)
  )`,
  'create index subscription_turns on subscription (looked_at) where confirmed_at is not null',
  // Each source that became late, once for each release that it owes.
  `create table late_notice (
    id integer primary key generated always as identity,
    signal text not null unique,
    service text,
    title text not null,
    dataset text not null,
    period text not null,
    until text not null,
    due date not null,
    noticed_at timestamptz not null default now()
  )`,
  'alter table subscriber enable row level security',
  'create policy own_rows on subscriber using (email = (select email from person_address))',
  'alter table subscription enable row level security',
  'create policy own_rows on subscription using (subscriber_id in (select id from subscriber))',
  ifRole('grant select on subscriber, subscription to plumbline_person'),
]
