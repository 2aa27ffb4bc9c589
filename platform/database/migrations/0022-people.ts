/** Does something for the role of the second wall, where it is there. */
export const ifRole = (statement: string): string =>
  `do $$ begin
    if exists (select from pg_roles where rolname = 'plumbline_person') then ${statement}; end if;
  end $$`

/**
 * People. What is personal lies in tables of its own (`person_address`, `person_session` and the sign-in
 * tables); what others see is a pseudonym.
 */
export const statements = [
  `create table person (
    id uuid primary key default gen_random_uuid(),
    pseudonym text not null unique,
    -- One of the example area, whom any visitor may walk in as.
    invented boolean not null default false,
    created_at timestamptz not null default now()
  )`,
  // The columns that the library for signing in needs; name and image stay empty.
  `create table person_address (
    id uuid primary key references person on delete cascade,
    email text not null unique,
    email_verified boolean not null default false,
    name text not null default '',
    image text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create table person_session (
    id uuid primary key default gen_random_uuid(),
    person_id uuid not null references person on delete cascade,
    token text not null unique,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    ip_address text,
    user_agent text
  )`,
  'create index person_session_by_person on person_session (person_id)',
  // Accounts with another provider (OpenID Connect), by that provider's number for the person.
  `create table person_account (
    id uuid primary key default gen_random_uuid(),
    person_id uuid not null references person on delete cascade,
    account_id text not null,
    provider_id text not null,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (provider_id, account_id)
  )`,
  // Codes and links that were mailed: keyed hashes, never the codes themselves.
  `create table sign_in_proof (
    id uuid primary key default gen_random_uuid(),
    identifier text not null unique,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  // Which browser has used a code or link, so that its second use there does no harm.
  `create table sign_in_use (
    proof text primary key,
    browser text not null,
    email text not null,
    expires_at timestamptz not null
  )`,
  // How often something was asked for in an hour, by whom as a keyed hash.
  `create table sign_in_count (
    what text not null,
    who text not null,
    hour timestamptz not null,
    count integer not null,
    primary key (what, who, hour)
  )`,
  `create table role_grant (
    id integer primary key generated always as identity,
    person_id uuid not null references person on delete cascade,
    role text not null,
    scope text not null check (scope in ('whole', 'service', 'place', 'provider')),
    -- Empty where the role reaches everywhere.
    code text not null default '',
    from_day date not null,
    until_day date,
    granted_by text not null,
    granted_at timestamptz not null default now(),
    why text not null,
    revoked_at timestamptz,
    check ((scope = 'whole') = (code = '')),
    check (until_day is null or until_day >= from_day)
  )`,
  'create index role_grant_by_person on role_grant (person_id)',
  // A second wall: read as this role, a personal table holds the rows of one person alone. Where it cannot
  // be made, for want of the right to, docs/operations.md says how an administrator makes it.
  `do $$ begin
    if not exists (select from pg_roles where rolname = 'plumbline_person') then
      create role plumbline_person nologin;
    end if;
    if not pg_has_role(current_user, 'plumbline_person', 'member') then
      execute format('grant plumbline_person to %I', current_user);
    end if;
  exception when insufficient_privilege or duplicate_object or unique_violation then null;
  end $$`,
  `create function this_person() returns uuid language sql stable as
    $$ select nullif(current_setting('plumbline.person', true), '')::uuid $$`,
  ...(
    [
      ['person_address', 'id = this_person()', 'id, email, email_verified'],
      [
        'person_session',
        'person_id = this_person()',
        'id, person_id, expires_at, created_at, updated_at',
      ],
      ['person_account', 'person_id = this_person()', 'person_id, account_id, provider_id'],
      [
        'role_grant',
        'person_id = this_person()',
        `id, person_id, role, scope, code, from_day, until_day, granted_by, granted_at, why,
          revoked_at`,
      ],
      ['sign_in_use', 'email = (select email from person_address)', 'email, expires_at'],
    ] as const
  ).flatMap(([table, own, columns]) => [
    `alter table ${table} enable row level security`,
    `create policy own_rows on ${table} using (${own})`,
    ifRole(`grant select (${columns}) on ${table} to plumbline_person`),
  ]),
  ...['sign_in_proof', 'sign_in_count'].map(
    (table) => `alter table ${table} enable row level security`,
  ),
  ifRole('grant delete on person_session to plumbline_person'),
  ifRole('grant select on person, record_entry, record_personal to plumbline_person'),
]
