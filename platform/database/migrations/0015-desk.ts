/**
 * What needs a steward, as found at each publication: all signals of one rule about one indicator,
 * standard or source in a row; the newest row that a publication sees counts, one without signals ends
 * them. Answers are only ever added.
 */
export const statements = [
  `create table signal (
    rule text not null,
    about text not null,
    publication integer not null,
    -- A list of signals: platform/desk/signal.ts.
    body text not null,
    watched integer not null,
    false_alarms double precision not null,
    primary key (rule, about, publication)
  )`,
  'create index signal_by_publication on signal (publication)',
  `create table signal_answer (
    id integer generated always as identity primary key,
    signal text not null,
    recorded_at timestamptz not null default now(),
    -- The day on which it was given.
    given_on date not null,
    kind text not null check (kind in ('accept', 'explain', 'plan')),
    text text not null check (text <> ''),
    role text not null check (role <> ''),
    name text,
    -- Of a plan: the indicator that is to change (none where data are late), and by when.
    indicator text,
    by_when date,
    check ((kind = 'plan') = (by_when is not null)),
    check (indicator is null or kind = 'plan'),
    check (by_when > given_on)
  )`,
  'create index signal_answer_by_signal on signal_answer (signal, id)',
]
