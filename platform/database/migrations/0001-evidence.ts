/**
 * The first tables. Keys lead with what the data is sharded by. Everything that pages read carries
 * the number of the publication that made it: a reader of state P sees rows with publication <= P
 * and takes the newest of each key, so that nothing is overwritten and any past state can be shown.
 */
export const statements = [
  'create extension if not exists pg_trgm',
  `create table subject (
    id integer primary key,
    kind text not null check (kind in ('provider', 'place')),
    code text not null unique
  )`,
  `create table subject_alias (
    scheme text not null,
    value text not null,
    subject_id integer not null references subject,
    primary key (scheme, value)
  )`,
  `create table indicator (
    code text primary key,
    definition jsonb not null
  )`,
  `create table publication (
    id integer primary key,
    published_at timestamptz not null,
    published_by text not null,
    reason text not null
  )`,
  `create table release (
    id integer primary key,
    dataset text not null,
    descriptor text not null,
    service text,
    slot text not null,
    title text not null,
    publisher text not null,
    source text not null,
    licence text not null,
    published_on text,
    period text not null,
    part text,
    file_name text not null,
    sha256 text not null,
    bytes bigint not null,
    rows_read integer not null,
    rows_accepted integer not null,
    rows_refused integer not null,
    observations integer not null,
    checks jsonb not null,
    indicators jsonb not null,
    state text not null check (state in ('reading', 'draft', 'ready')),
    created_at timestamptz not null,
    created_by text not null,
    published_in integer,
    ended_in integer,
    ended_as text check (ended_as in ('superseded', 'withdrawn')),
    supersedes integer references release,
    check (rows_read = rows_accepted + rows_refused)
  )`,
  // One release at a time stands for a slot (dataset, period, part): two cannot both be current.
  `create unique index release_current on release (slot)
    where published_in is not null and ended_in is null`,
  'create index release_by_dataset on release (dataset, id)',
  `create table refused_row (
    release_id integer not null references release on delete cascade,
    line integer not null,
    rule text not null,
    column_name text,
    sentence text not null,
    cells jsonb not null
  )`,
  'create index refused_row_by_release on refused_row (release_id, line)',
  `create table description (
    release_id integer not null references release on delete cascade,
    subject_id integer not null references subject,
    body jsonb not null,
    primary key (subject_id, release_id)
  )`,
  'create index description_by_release on description (release_id)',
  `create table boundary (
    release_id integer not null references release on delete cascade,
    subject_id integer not null references subject,
    geometry jsonb not null,
    primary key (subject_id, release_id)
  )`,
  // Observations of one release, indicator, group and period: a packed column each (see the view).
  `create table observation_series (
    id bigint generated always as identity primary key,
    release_id integer not null references release on delete cascade,
    indicator text not null,
    breakdown text not null,
    period text not null,
    rounded_to double precision,
    subjects integer[] not null,
    value double precision[] not null,
    status smallint[],
    lower95 double precision[],
    upper95 double precision[],
    lower998 double precision[],
    upper998 double precision[],
    numerator double precision[],
    denominator double precision[],
    notes jsonb
  )`,
  'create index observation_series_by_release on observation_series (release_id)',
  'create index observation_series_by_indicator on observation_series (indicator, period)',
  // Row by row, for SQL: the packed columns side by side.
  `create view observation as
    select s.release_id, s.indicator, s.breakdown, s.period, o.*
    from observation_series s,
      unnest(s.subjects, s.value, s.status, s.lower95, s.upper95, s.lower998, s.upper998,
        s.numerator, s.denominator)
        as o(subject_id, value, status, lower95, upper95, lower998, upper998,
          numerator, denominator)`,
  `create table listing (
    subject_id integer not null references subject,
    publication integer not null,
    name text not null,
    service text,
    level text,
    postcode text,
    town text,
    parents integer[] not null,
    search text not null,
    body jsonb not null,
    primary key (subject_id, publication)
  )`,
  'create index listing_by_search on listing using gin (search gin_trgm_ops)',
  'create index listing_by_parent on listing using gin (parents)',
  'create index listing_by_publication on listing (publication)',
  // All figures of one subject in one dataset, as its page reads them.
  `create table sheet (
    subject_id integer not null references subject,
    dataset text not null,
    publication integer not null,
    body text not null,
    primary key (subject_id, dataset, publication)
  )`,
  'create index sheet_by_publication on sheet (publication)',
  // All subjects of one indicator, group and period, as the indicator's page reads them.
  `create table comparison_series (
    indicator text not null,
    period text not null,
    breakdown text not null,
    publication integer not null,
    summary jsonb not null,
    subjects integer[] not null,
    value double precision[] not null,
    status smallint[] not null,
    release smallint[] not null,
    releases integer[] not null,
    lower95 double precision[],
    upper95 double precision[],
    lower998 double precision[],
    upper998 double precision[],
    numerator double precision[],
    denominator double precision[],
    method smallint[],
    direction smallint[],
    primary key (indicator, period, breakdown, publication)
  )`,
  'create index comparison_series_by_publication on comparison_series (publication)',
  `create table peer_group (
    subject_id integer not null references subject,
    publication integer not null,
    members integer[] not null,
    distances double precision[] not null,
    primary key (subject_id, publication)
  )`,
  'create index peer_group_by_publication on peer_group (publication)',
  `create table release_change (
    release_id integer not null references release on delete cascade,
    subject_id integer not null references subject,
    indicator text not null,
    breakdown text not null,
    period text not null,
    before double precision,
    after double precision
  )`,
  'create index release_change_by_release on release_change (release_id)',
]
