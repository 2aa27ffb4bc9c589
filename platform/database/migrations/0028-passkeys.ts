import { ifRole } from './0022-people.ts'

/** Passkeys (WebAuthn): the public half alone, which is worth nothing to who reads it. */
export const statements = [
  `create table person_passkey (
    id uuid primary key default gen_random_uuid(),
    person_id uuid not null references person on delete cascade,
    -- The authenticator's own number for it, and its public key (COSE), both as base64url.
    credential text not null unique,
    public_key text not null,
    counter bigint not null,
    name text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz
  )`,
  'create index person_passkey_by_person on person_passkey (person_id)',
  'alter table person_passkey enable row level security',
  'create policy own_rows on person_passkey using (person_id = this_person())',
  ifRole(
    'grant select (id, person_id, name, created_at, last_used_at) on person_passkey to plumbline_person',
  ),
  ifRole('grant update (name) on person_passkey to plumbline_person'),
  ifRole('grant delete on person_passkey to plumbline_person'),
  ifRole('grant delete on person_account to plumbline_person'),
]
