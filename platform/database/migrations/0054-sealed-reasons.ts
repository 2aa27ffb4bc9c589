/**
 * Reasons that people write are sealed with the entry of their act, where they can be erased, and are kept
 * nowhere else: the columns that held them stay for the acts of before.
 */
const reasons = [
  'alter table reply_act drop constraint reply_act_check',
  `alter table reply_act add constraint reply_act_why check (act = 'withdrawn' or why is null)`,
  'alter table correction_act drop constraint correction_act_check1',
  'alter table signal_act drop constraint signal_act_check',
]

/**
 * A form remembers what was sent with it, as a keyed hash alone: other words under the same number are not
 * taken for the same. Forms of before have none, and are believed.
 */
const forms = ['alter table form_use add column digest text']

export const statements = [...reasons, ...forms]
