import { ifRole } from './0022-people.ts'

/** Files that people hand in by the browser, on their way to a release. */
export const statements = [
  `create table upload (
    -- Made by the form, so that a form that is sent twice hands in one file.
    id uuid primary key,
    -- Who handed it in; null once they have deleted their account.
    person_id uuid references person on delete set null,
    file_name text not null,
    bytes bigint not null,
    sha256 text not null,
    -- The folder, within that of all uploads, in which the file lies.
    folder text not null,
    state text not null check (state in ('reading', 'unreadable', 'questions', 'checking', 'refused',
      'ready', 'publishing', 'published', 'dropped')),
    -- Grows with each change: who changes an older version is told so.
    version integer not null default 1,
    -- The kind of file, where one is known or has been finished.
    descriptor text,
    service text,
    -- What was drafted, what a person answered, and the descriptor that came of both.
    draft jsonb,
    answers jsonb,
    finished jsonb,
    -- How many refused rows may be left out.
    accept integer not null default 0,
    report jsonb,
    preview jsonb,
    release integer,
    publication integer,
    -- What a person should know of it now.
    sentence text,
    reason text,
    role text,
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
  )`,
  'create index upload_by_change on upload (changed_at)',
  'create index upload_by_person on upload (person_id)',
  'alter table upload enable row level security',
  'create policy own_rows on upload using (person_id = this_person())',
  ifRole('grant select (person_id, file_name, made_at, state) on upload to plumbline_person'),
]
