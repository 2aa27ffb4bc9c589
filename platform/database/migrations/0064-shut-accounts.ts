import { ifRole } from './0022-people.ts'

/**
 * Accounts that whoever runs this Plumbline has shut, and opened again: the newest row of a person counts. Each is
 * an act on the record, which does not say whose account it was.
 */
export const statements = [
  `create table account_act (
    entry integer primary key references record_entry,
    person_id uuid not null references person on delete cascade,
    act text not null check (act in ('shut', 'opened'))
  )`,
  'create index account_act_by_person on account_act (person_id, entry)',
  'alter table account_act enable row level security',
  'create policy own_rows on account_act using (person_id = this_person())',
  `create policy all_rows on account_act using (current_user <> 'plumbline_person')`,
  ifRole('grant select on account_act to plumbline_person'),
]
