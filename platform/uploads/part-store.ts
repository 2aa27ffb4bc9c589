import type { Database, Queries } from '../database/database.ts'

/** A file that comes in parts. */
export interface PartUpload {
  readonly id: string
  readonly person: string
  /** As its sender calls it. */
  readonly fileName: string
  /** When its sender last changed it, in milliseconds since 1970. */
  readonly modified: number
  readonly bytes: number
  /** Bytes that are on the disk for good, from the first on. */
  readonly received: number
}

const columns = `id, person_id as person, file_name as "fileName", modified::float8 as modified,
  bytes::float8 as bytes, received::float8 as received`

/** Notes a file that is begun; nothing where its number is taken. */
export async function addPartUpload(
  db: Queries,
  { id, person, fileName, modified, bytes }: Omit<PartUpload, 'received'>,
): Promise<void> {
  await db.query(
    `insert into upload_part (id, person_id, file_name, modified, bytes)
     values ($1, $2, $3, $4, $5) on conflict (id) do nothing`,
    [id, person, fileName, modified, bytes],
  )
}

/** The file that this person has begun by this number; null for everybody else. */
export async function findPartUpload(
  db: Database,
  id: string,
  person: string,
): Promise<PartUpload | null> {
  const [row] = await db.query<PartUpload>(
    `select ${columns} from upload_part where id = $1 and person_id = $2`,
    [id, person],
  )
  return row ?? null
}

/** What a person has begun and not finished, the newest first. */
export function unfinishedOf(db: Queries, person: string): Promise<PartUpload[]> {
  return db.query<PartUpload>(
    `select ${columns} from upload_part where person_id = $1 and received < bytes
     order by changed_at desc`,
    [person],
  )
}

/** Moves on from `before` to `after` bytes; false where it no longer stands there. */
export async function advance(
  db: Database,
  id: string,
  before: number,
  after: number,
): Promise<boolean> {
  const moved = await db.query(
    `update upload_part set received = $3, changed_at = now()
     where id = $1 and received = $2 returning id`,
    [id, before, after],
  )
  return moved.length > 0
}

export async function removePartUpload(db: Database, id: string): Promise<void> {
  await db.query('delete from upload_part where id = $1', [id])
}

/** Numbers of all files that are begun. */
export async function partUploads(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>('select id from upload_part where received < bytes')
  return new Set(rows.map((r) => r.id))
}
