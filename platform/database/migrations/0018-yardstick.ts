/**
 * Releases of known figures to hold others against (the paper's own, an international study's) stand
 * beside real and invented ones alike.
 */
export const statements = [
  'alter table release add column yardstick boolean not null default false',
]
