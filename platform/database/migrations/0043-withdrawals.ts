/** Releases that are to be withdrawn: asked for in the browser, and not done yet. */
export const statements = [
  `create table withdrawal (
    -- One at a time: asked for twice, a release is withdrawn once.
    release integer primary key references release on delete cascade,
    -- Both go onto the public record: nothing personal stands in them.
    reason text not null,
    role text not null,
    state text not null default 'waiting' check (state in ('waiting', 'failed')),
    asked_at timestamptz not null default now()
  )`,
]
