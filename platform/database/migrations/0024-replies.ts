import { ifRole } from './0022-people.ts'

/**
 * What providers say of what is said of them: replies, corrections that are asked for, and who looks after a
 * signal. Each row is an act, and bears the number of its entry on the record: a state knows the acts whose
 * entries it knows. Words lie in tables of their own, so that they can go while the act stays.
 */
export const statements = [
  `create table reply_act (
    entry integer primary key references record_entry,
    provider text not null,
    kind text not null check (kind in ('card', 'figure', 'judgement', 'signal')),
    about text not null,
    -- Of what it was about when it was given; empty where that has none.
    period text not null,
    act text not null check (act in ('given', 'withdrawn')),
    role text not null check (role <> ''),
    acted_on date not null,
    why text,
    check ((act = 'withdrawn') = (why is not null))
  )`,
  'create index reply_act_by_matter on reply_act (provider, kind, about, entry)',
  `create table reply_text (
    entry integer primary key references reply_act,
    text text not null check (text <> ''),
    -- Only where whoever replied chose to give it.
    name text
  )`,
  `create table correction (
    id integer primary key generated always as identity,
    provider text not null,
    kind text not null check (kind in ('card', 'figure', 'judgement', 'signal')),
    about text not null,
    period text not null,
    role text not null check (role <> ''),
    asked_on date not null,
    due date not null,
    -- The rule of the deadline and its calendar as they were then: platform/replies/deadline.ts.
    clock text not null,
    -- It tells something of a person: its words are not public.
    is_private boolean not null
  )`,
  'create index correction_by_provider on correction (provider)',
  `create table correction_text (
    correction integer primary key references correction,
    wrong text not null check (wrong <> ''),
    right_is text not null check (right_is <> ''),
    evidence text not null
  )`,
  `create table correction_act (
    entry integer primary key references record_entry,
    correction integer not null references correction,
    act text not null check (act in ('asked', 'accepted', 'refused')),
    role text not null check (role <> ''),
    acted_on date not null,
    -- The release that corrects.
    release integer,
    why text,
    check ((act = 'accepted') = (release is not null)),
    check (act <> 'refused' or why is not null)
  )`,
  // Asked once, answered once.
  `create unique index correction_act_once on correction_act (correction, (act = 'asked'))`,
  `create table signal_act (
    entry integer primary key references record_entry,
    signal text not null,
    act text not null check (act in ('taken', 'closed')),
    role text not null check (role <> ''),
    acted_on date not null,
    why text,
    check (act <> 'closed' or why is not null)
  )`,
  'create index signal_act_by_signal on signal_act (signal, entry)',
  // Forms that were sent and have done what they ask: sent again, they do nothing more.
  `create table form_use (
    person_id uuid not null references person on delete cascade,
    form uuid not null,
    -- Where its sender was led.
    result text,
    used_at timestamptz not null default now(),
    primary key (person_id, form)
  )`,
  'alter table form_use enable row level security',
  'create policy own_rows on form_use using (person_id = this_person())',
  ifRole('grant select on form_use to plumbline_person'),
  `create function acts_stay() returns trigger language plpgsql as $$
    begin
      raise exception 'What was said is only ever added to: % of % is refused.', tg_op, tg_table_name;
    end $$`,
  ...['reply_act', 'correction', 'correction_act', 'signal_act'].map(
    (table) => `create trigger ${table}_stays before update or delete on ${table}
      for each row execute function acts_stay()`,
  ),
  // Words may go, and never change.
  ...['reply_text', 'correction_text'].map(
    (table) => `create trigger ${table}_stays before update on ${table}
      for each row execute function acts_stay()`,
  ),
  ...[
    'reply_act',
    'reply_text',
    'correction',
    'correction_text',
    'correction_act',
    'signal_act',
  ].map(
    (table) => `create trigger ${table}_is_not_emptied before truncate on ${table}
      for each statement execute function acts_stay()`,
  ),
]
