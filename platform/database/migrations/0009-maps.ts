/**
 * Boundaries simplified once, what areas come to on a map, and where providers lie. As everywhere, the
 * newest row of a key that a publication sees counts; one without areas or subjects ends it.
 */
export const statements = [
  `create table map_level (
    level text not null,
    publication integer not null,
    -- TopoJSON, whose geometries carry the number of their place.
    topology text not null,
    -- The releases whose boundaries these are.
    releases integer[] not null,
    -- A digest of which provider lies in which area: other members make other figures.
    members text not null,
    primary key (level, publication)
  )`,
  'create index map_level_by_publication on map_level (publication)',
  // One indicator and period over the areas of one level, for everyone.
  `create table map_series (
    indicator text not null,
    period text not null,
    level text not null,
    publication integer not null,
    areas integer[] not null,
    value double precision[] not null,
    lower95 double precision[] not null,
    upper95 double precision[] not null,
    direction smallint[] not null,
    origin smallint[] not null,
    providers integer[] not null,
    whole text,
    primary key (indicator, period, level, publication)
  )`,
  'create index map_series_by_publication on map_series (publication)',
  `create table map_points (
    publication integer primary key,
    subjects integer[] not null,
    longitude double precision[] not null,
    latitude double precision[] not null,
    -- Place in the list of how a provider was placed: platform/places/locate.ts.
    how smallint[] not null,
    digest text not null
  )`,
]
