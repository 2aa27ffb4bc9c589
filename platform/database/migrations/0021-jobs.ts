import { getConstructionPlans } from 'pg-boss'

/**
 * The queue of jobs, in a schema of its own, as pg-boss makes it (a later version of it brings its tables
 * up to date itself, when the server starts); who asked to be told, what they are told, and whether they
 * have been. What is told is kept as it was sent, so that every try sends the same.
 */
export const statements = [
  // Without what makes it a transaction of its own, with its lock: all migrations are one already.
  getConstructionPlans('jobs').replace(/^.*?(?=create schema)|commit;\s*$/gis, ''),
  `create table webhook (
    id integer generated always as identity primary key,
    address text not null,
    -- None: all of them.
    events text[] not null,
    -- It signs: whoever has it can pass for this Plumbline.
    secret text not null,
    added_at timestamptz not null default now(),
    -- Since when nothing has got through, and how often it was tried since.
    failing_since timestamptz,
    failures integer not null default 0,
    failed_at timestamptz,
    last_failure text,
    disabled_at timestamptz
  )`,
  `create table webhook_message (
    id text primary key,
    type text not null,
    at timestamptz not null,
    body text not null,
    made_at timestamptz not null default now()
  )`,
  `create table webhook_delivery (
    webhook integer not null references webhook on delete cascade,
    message text not null references webhook_message on delete cascade,
    attempts integer not null default 0,
    delivered_at timestamptz,
    primary key (webhook, message)
  )`,
]
