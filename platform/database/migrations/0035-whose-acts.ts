import { ifRole } from './0022-people.ts'

/**
 * Whose the acts on the record are that a person did by a form: kept beside them, for that person alone, so that
 * what is theirs can be taken away and loses its name with their account. What was said stays as it was added.
 */
export const statements = [
  `create table act_person (
    entry integer primary key references record_entry,
    -- Null once they have deleted their account.
    person_id uuid references person on delete set null
  )`,
  'create index act_person_by_person on act_person (person_id)',
  'alter table act_person enable row level security',
  'create policy own_rows on act_person using (person_id = this_person())',
  'alter table correction_text enable row level security',
  `create policy own_rows on correction_text using (correction in
    (select a.correction from correction_act a join act_person p using (entry)
     where a.act = 'asked' and p.person_id = this_person()))`,
  // Pages for all read both, as whatever role Plumbline runs as: it may own nothing (docs/record.md).
  ...['act_person', 'correction_text'].map(
    (table) => `create policy all_rows on ${table} using (current_user <> 'plumbline_person')`,
  ),
  ...['act_person', 'reply_act', 'reply_text', 'correction', 'correction_act', 'correction_text']
    .concat('signal_answer')
    .map((table) => ifRole(`grant select on ${table} to plumbline_person`)),
  // A name may go without the words that it stood under.
  `create function words_stay() returns trigger language plpgsql as $$
    begin
      if new.entry = old.entry and new.text = old.text and new.name is null then return new; end if;
      raise exception 'What was said is only ever added to: % of % is refused.', tg_op, tg_table_name;
    end $$`,
  'drop trigger reply_text_stays on reply_text',
  `create trigger reply_text_stays before update on reply_text
    for each row execute function words_stay()`,
]
