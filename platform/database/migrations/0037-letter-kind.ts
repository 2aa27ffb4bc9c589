/** Which letters are among many that nobody waits for: their jobs can be made again as what they were. */
export const statements = [
  'alter table letter add column is_digest boolean not null default false',
  // Those that a job of digests was asked for, by an earlier version of the program.
  `update letter set is_digest = true where exists (select 1 from jobs.job j
    where j.name = 'send-digest' and j.data ->> 'letter' = letter.id::text)`,
]
