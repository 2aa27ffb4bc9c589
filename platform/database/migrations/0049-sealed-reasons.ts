/**
 * Reasons that people write are sealed with the entry of their act, where they can be erased, and are kept
 * nowhere else: the columns that held them stay for the acts of before.
 */
export const statements = [
  'alter table reply_act drop constraint reply_act_check',
  `alter table reply_act add constraint reply_act_why check (act = 'withdrawn' or why is null)`,
  'alter table correction_act drop constraint correction_act_check1',
  'alter table signal_act drop constraint signal_act_check',
]
