/** Drafts that came over the network or by the command line, gone on with in the browser: they have no file there. */
export const statements = [
  'alter table upload add column adopted boolean not null default false',
  // Pressed twice, a draft is taken on once.
  `create unique index upload_adopted on upload (release) where adopted and state <> 'dropped'`,
]
