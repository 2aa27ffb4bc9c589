/**
 * The public record: entries that are only ever added, each with the hash of the one before. What may
 * have to be erased lies beside them, with its salt; an entry holds its salted hash alone.
 */
export const statements = [
  `create table record_entry (
    number integer primary key,
    recorded_at timestamptz not null,
    act text not null,
    subject text not null,
    -- Canonical JSON (RFC 8785), as it was hashed.
    entry text not null,
    -- The entry's hash and those of the subtrees that it completes, from below: 32 bytes each.
    hashes bytea not null
  )`,
  'create index record_entry_by_moment on record_entry (recorded_at)',
  'create index record_entry_by_act on record_entry (act, number)',
  'create index record_entry_by_subject on record_entry (subject, number)',
  // One row: whoever appends locks it, so that no two entries follow the same one.
  `create table record_head (
    only_row boolean primary key default true check (only_row),
    size integer not null,
    last bytea not null,
    last_at timestamptz not null,
    -- The right edge of the Merkle tree: enough to go on from, and for its root.
    frontier bytea not null
  )`,
  `insert into record_head (size, last, last_at, frontier)
    values (0, decode(repeat('00', 32), 'hex'), 'epoch', '')`,
  `create table record_personal (
    number integer not null references record_entry,
    name text not null,
    value text not null,
    salt bytea not null,
    primary key (number, name)
  )`,
  // Public keys that have signed; a private key is never stored here.
  `create table record_key (
    verifier text primary key,
    first_used timestamptz not null default now()
  )`,
  `create table record_checkpoint (
    size integer primary key,
    made_at timestamptz not null default now(),
    note text not null
  )`,
  `create function record_refuses() returns trigger language plpgsql as $$
    begin
      raise exception 'The record is only ever added to: % of % is refused.', tg_op, tg_table_name;
    end $$`,
  `create function record_only_grows() returns trigger language plpgsql as $$
    begin
      if new.size <= old.size then
        raise exception 'The record only grows: % entries do not become %.', old.size, new.size;
      end if;
      return new;
    end $$`,
  ...['record_entry', 'record_key', 'record_checkpoint'].map(
    (table) => `create trigger ${table}_stays before update or delete on ${table}
      for each row execute function record_refuses()`,
  ),
  // What is personal may be erased, never changed.
  `create trigger record_personal_stays before update on record_personal
    for each row execute function record_refuses()`,
  `create trigger record_head_stays before delete on record_head
    for each row execute function record_refuses()`,
  `create trigger record_head_grows before update on record_head
    for each row execute function record_only_grows()`,
  ...['record_entry', 'record_head', 'record_personal', 'record_key', 'record_checkpoint'].map(
    (table) => `create trigger ${table}_is_not_emptied before truncate on ${table}
      for each statement execute function record_refuses()`,
  ),
]
