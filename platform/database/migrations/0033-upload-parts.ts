import { ifRole } from './0022-people.ts'

/** Files that come in parts, over many requests, until all of them are there. */
export const statements = [
  `create table upload_part (
    -- Made by the form; the file has it as its number once it is whole.
    id uuid primary key,
    person_id uuid not null references person on delete cascade,
    -- As its sender calls it, and when it was last changed there (milliseconds since 1970): the same file again.
    file_name text not null,
    modified bigint not null,
    bytes bigint not null check (bytes > 0),
    -- What is on the disk for good, from the first byte on.
    received bigint not null default 0 check (received between 0 and bytes),
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
  )`,
  'create index upload_part_by_person on upload_part (person_id)',
  'create index upload_part_by_change on upload_part (changed_at)',
  'alter table upload_part enable row level security',
  'create policy own_rows on upload_part using (person_id = this_person())',
  ifRole(
    'grant select (person_id, file_name, bytes, received, made_at) on upload_part to plumbline_person',
  ),
]
