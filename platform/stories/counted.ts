/**
 * Whether an act is a reply that counts, as a condition of SQL: no moderator says of it that it does not answer the
 * story.
 * @param act how the query calls the row of the act.
 * @param last the parameter of the last entry that counts; without it, all do.
 */
export function counts(act: string, last: string | null = null): string {
  const until = (of: string): string => (last === null ? '' : ` and ${of}.entry <= ${last}`)
  return `${act}.act = 'replied' and not exists (select 1 from story_act aside
    where aside.about = ${act}.entry and aside.act = 'reply-set-aside'${until('aside')}
    and not exists (select 1 from story_act back where back.about = ${act}.entry
      and back.act = 'reply-restored' and back.entry > aside.entry${until('back')}))`
}
