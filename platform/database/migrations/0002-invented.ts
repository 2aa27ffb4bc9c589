/**
 * Invented figures (the example area's) are marked, so that they can give way to real ones; and a
 * listing can end: a row that says so follows the last one of a subject that nothing describes.
 */
export const statements = [
  'alter table release add column invented boolean not null default false',
  'alter table listing add column ended boolean not null default false',
]
