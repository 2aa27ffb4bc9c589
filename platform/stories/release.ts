import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, Queries } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { counts } from './counted.ts'
import { type StoryYear, storyCsv, storyFile } from './measures.ts'

interface CountedYear extends StoryYear {
  readonly service: string
}

/**
 * What stories come to, by service, year of publication and provider: each year from its first story on, since a
 * year in which nobody told one is none, and no silence.
 * @param day ISO: which replies were due by then.
 */
export const storyYears = (db: Pick<Queries, 'query'>, day: string): Promise<CountedYear[]> =>
  db.query<CountedYear>(
    `with shown as (
       select s.service, s.provider, s.id, n.due,
         (select min(a.acted_on) from story_act a where a.story = s.id and a.act = 'published') as published,
         (select min(a.acted_on) from story_act a where a.story = s.id and ${counts('a')}) as replied,
         exists (select 1 from story_act a where a.story = s.id and a.act = 'change-made') as changed
       from story_now n join story s on s.id = n.story
       where n.published is not null and s.service <> ''),
     told as (select service, provider, min(extract(year from published))::int as first from shown
       where published <= $1::date group by service, provider),
     counted as (
     select service, extract(year from published)::int as year, provider, count(*)::int as told,
       count(*) filter (where replied is not null or due < $1::date)::int as due,
       count(*) filter (where replied <= due)::int as "inTime",
       count(*) filter (where changed)::int as changed,
       coalesce(array_agg(replied - published order by replied - published)
         filter (where replied is not null), '{}')::int[] as days
     from shown where published <= $1::date
     group by service, year, provider)
     select service, year, provider, coalesce(c.told, 0) as told, coalesce(c.due, 0) as due,
       coalesce(c."inTime", 0) as "inTime", coalesce(c.changed, 0) as changed,
       coalesce(c.days, '{}')::int[] as days
     from told t cross join lateral generate_series(t.first, extract(year from $1::date)::int) as y (year)
     left join counted c using (service, provider, year)
     order by service, year, provider`,
    [day],
  )

/**
 * Writes a file for each service that has stories into a folder.
 * @returns how many.
 */
export async function writeStoryFiles(
  db: Pick<Queries, 'query'>,
  catalogue: Catalogue,
  folder: string,
  { day, invented }: { readonly day: string; readonly invented: boolean },
): Promise<number> {
  const known = new Set(catalogue.services.map((s) => s.code))
  const years = (await storyYears(db, day)).filter((y) => known.has(y.service))
  const files = Map.groupBy(years, (y) => storyFile(y.service, invented))
  for (const [name, rows] of files) writeFileSync(join(folder, name), storyCsv(rows))
  return files.size
}

export interface PublishedStories {
  readonly releases: readonly number[]
  readonly publication: number | null
}

/**
 * Publishes what stories come to, as a release for each service that has any; one that says what the last said is
 * left out. The files go the way of all files: they are read, checked, and follow the last.
 * @param invented whether the providers are those of an example area.
 */
export async function publishStories(
  db: Database,
  catalogue: Catalogue,
  {
    by,
    day,
    invented,
    signal,
  }: {
    readonly by: string
    readonly day: string
    readonly invented: boolean
    readonly signal?: AbortSignal
  },
): Promise<PublishedStories> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-stories-'))
  const stop = signal === undefined ? {} : { signal }
  try {
    const files = await writeStoryFiles(db, catalogue, folder, { day, invented })
    if (files === 0) return { releases: [], publication: null }
    const read = await importFiles(db, catalogue, [folder], { accept: 0, by, ...stop })
    const refused = read.files.find((f) => f.outcome === 'refused')
    if (refused) throw new Error(`${refused.path} was refused: ${refused.sentence}`)
    if (read.drafts.length === 0) return { releases: [], publication: null }
    const reason = 'What people told, and what became of it, counted anew'
    const done = await publish(db, catalogue, read.drafts, { by, reason, ...stop })
    return { releases: read.drafts, publication: done.publication }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
