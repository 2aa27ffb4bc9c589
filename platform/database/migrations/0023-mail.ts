import { ifRole } from './0022-people.ts'

/** Letters that wait to be sent, written in the transaction of the act that they are about. */
export const statements = [
  `create table letter (
    id uuid primary key default gen_random_uuid(),
    address text not null,
    subject text not null,
    -- Emptied once it is sent: it may hold a code.
    body text,
    headers jsonb not null default '{}',
    posted_at timestamptz not null default now(),
    -- After this moment it is of no use, and is not sent.
    useful_until timestamptz not null,
    next_try_at timestamptz not null default now(),
    tries integer not null default 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    -- A word of ours or the server's number, never its text, which may name the address.
    last_error text
  )`,
  'create index letter_waits on letter (next_try_at) where sent_at is null and given_up_at is null',
  'alter table letter enable row level security',
  'create policy own_rows on letter using (address = (select email from person_address))',
  ifRole('grant select (address, subject, posted_at, sent_at) on letter to plumbline_person'),
]
