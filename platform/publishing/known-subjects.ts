import type { Database } from '../database/database.ts'
import { allSubjects, bySubjects, type StoredSubject } from '../evidence/by-subjects.ts'
import { registerFrom } from '../evidence/registers.ts'
import type { KnownSubjects } from '../evidence/subjects.ts'

/**
 * Everybody whom a file may be about. Known are those whom a publication lists or a register's draft names, which
 * may be published together with its figures; whom only another draft has named is as unknown as before it came.
 */
export async function knownSubjects(db: Database): Promise<KnownSubjects> {
  const drafted = await namedByDraftRegisters(db)
  const listed = new Map((await namesPublished(db)).map((l) => [l.subject, l.name]))
  const subjects: StoredSubject[] = []
  const unlisted: StoredSubject[] = []
  const names: { subject: number; name: string }[] = []
  for (const subject of await allSubjects(db)) {
    const name = listed.get(subject.id)
    const isKnown = name !== undefined || drafted.has(subject.id)
    ;(isKnown ? subjects : unlisted).push(subject)
    if (name !== undefined && name !== subject.code) names.push({ subject: subject.id, name })
  }
  const aliases = await db.query<{ scheme: string; value: string; subject: number }>(
    'select scheme, value, subject_id as subject from subject_alias',
  )
  return { subjects, unlisted, aliases, names }
}

/** All whom a register names that is a draft: those that it lists, and the places that it says they lie in. */
async function namedByDraftRegisters(db: Database): Promise<ReadonlySet<number>> {
  const drafts = await db.query<{ id: number }>(
    `select r.id from release r where r.state = 'draft' and r.published_in is null
       and exists (select 1 from description d
         where d.release_id = r.id and (d.body->>'authority')::float8 >= $1)`,
    [registerFrom],
  )
  if (drafts.length === 0) return new Set()
  const rows = await bySubjects<{ id: number }>(
    db,
    `select distinct subject_id as id from description
     where release_id = any($1::int[]) and subject_id >= $2 and subject_id < $3`,
    [drafts.map((d) => d.id)],
  )
  return new Set(rows.map((r) => r.id))
}

/** What all are called who were ever published: the last name of each, or its code where it never had one. */
async function namesPublished(db: Database): Promise<{ subject: number; name: string }[]> {
  return bySubjects(
    db,
    `select distinct on (l.subject_id) l.subject_id as subject, l.name from listing l
     join subject s on s.id = l.subject_id
     where l.subject_id >= $1 and l.subject_id < $2
       and l.publication <= (select coalesce(max(id), 0) from publication)
     order by l.subject_id, l.name <> s.code desc, l.publication desc`,
  )
}
