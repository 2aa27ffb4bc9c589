import type { Queries } from '../database/database.ts'
import { counts } from './counted.ts'

/** A published story for which its service still owes something: a reply that counts, or a change that it promised. */
export interface OwedStory {
  readonly id: number
  readonly provider: string
  readonly what: 'reply' | 'change'
}

/** A list of what is owed never has more. */
const most = 200

/**
 * What those who lead providers still owe, what is longest due first. A change counts once a moderator has read
 * what was promised, until it is made or dropped.
 * @param providers their codes.
 */
export const owedStories = (
  db: Pick<Queries, 'query'>,
  providers: readonly string[],
): Promise<OwedStory[]> =>
  db.query<OwedStory>(
    `select id, provider, what from (
       select s.id, s.provider, 'reply' as what, n.due
       from story_now n join story s on s.id = n.story
       where n.stage = 'published' and s.provider = any($1::text[])
         and not exists (select 1 from story_act a where a.story = s.id and ${counts('a')})
       union all
       select s.id, s.provider, 'change', last.change_by
       from story_now n join story s on s.id = n.story
       join lateral (select entry, change_by from story_act p where p.story = s.id
         and p.act = 'replied' and p.change_by is not null order by entry desc limit 1) last on true
       where n.stage = 'published' and s.provider = any($1::text[])
         and exists (select 1 from story_act r where r.story = s.id and r.entry > last.entry
           and r.act = 'claim-read' and r.accepted)
         and not exists (select 1 from story_act e where e.story = s.id and e.entry > last.entry
           and e.act in ('change-made', 'change-dropped'))
     ) owed order by due, id limit ${most}`,
    [[...providers]],
  )
