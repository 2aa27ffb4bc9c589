/** Who may send figures over the network, and what they sent. */
export const statements = [
  `create table publisher_token (
    id integer generated always as identity primary key,
    -- Shown on the public record of each release that it sent.
    name text not null,
    -- SHA-256 of the token, of which 256 bits are random: it needs no salt.
    hash bytea not null,
    -- Which files: those of these descriptors, or of every descriptor of this publisher.
    descriptors text[],
    publisher text,
    publishes boolean not null,
    made_at timestamptz not null default now(),
    valid_from timestamptz not null,
    valid_until timestamptz,
    revoked_at timestamptz,
    check ((descriptors is null) <> (publisher is null))
  )`,
  `create table push (
    id text primary key,
    token_id integer not null references publisher_token,
    dry_run boolean not null,
    -- What the sender calls it: the same key is the same push.
    key text not null,
    -- SHA-256 of the bytes and of what was asked of them.
    fingerprint bytea not null,
    state text not null check (state in ('under-way', 'done', 'interrupted')),
    answer jsonb,
    begun_at timestamptz not null default now(),
    -- Renewed while a process is at it.
    alive_at timestamptz not null default now(),
    ended_at timestamptz,
    unique (token_id, dry_run, key)
  )`,
  'create index push_by_end on push (ended_at)',
]
