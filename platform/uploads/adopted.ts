import { randomUUID } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { type UploadReport, uploadReport } from './upload.ts'

/**
 * Takes on a draft that came over the network or by the command line, so that it is previewed, published or
 * dropped as a file is that was handed in.
 * @returns the number under which it is found; the same for whoever asks again; null where it is no draft now.
 */
export async function adoptDraft(db: Database, release: number): Promise<string | null> {
  const id = randomUUID()
  await db.query(
    `insert into upload (id, file_name, bytes, sha256, folder, state, descriptor, service, release, adopted)
     select $2, file_name, bytes, sha256, $3, 'checking', descriptor, service, id, true from release
     where id = $1 and state = 'draft' and published_in is null and not exists (
       select 1 from upload u where u.release = $1 and u.state <> 'dropped')
     on conflict (release) where adopted and state <> 'dropped' do nothing`,
    [release, id, id],
  )
  const [found] = await db.query<{ id: string }>(
    `select id from upload where release = $1 and adopted and state <> 'dropped'`,
    [release],
  )
  return found?.id ?? null
}

interface Row {
  readonly fileName: string
  readonly descriptor: string
  readonly period: string
  readonly sha256: string
  readonly bytes: number
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRefused: number
  readonly observations: number
  readonly rules: unknown
}

/** What the check found when the draft was made; null where the draft is gone. */
export async function draftReport(db: Database, release: number): Promise<UploadReport | null> {
  const [row] = await db.query<Row>(
    `select file_name as "fileName", descriptor, period, sha256, bytes::float8 as bytes,
       rows_read as "rowsRead", rows_accepted as "rowsAccepted", rows_refused as "rowsRefused",
       observations, checks as rules
     from release where id = $1 and state = 'draft'`,
    [release],
  )
  if (!row) return null
  const { fileName, ...read } = row
  return uploadReport.parse({
    file: fileName,
    path: fileName,
    outcome: 'draft',
    sentence: null,
    release,
    read: { ...read, columns: null },
  })
}

/** What a draft comes from, for whoever may see it; null where it is no draft now. */
export async function draftService(
  db: Database,
  release: number,
): Promise<{ service: string | null } | null> {
  const [row] = await db.query<{ service: string | null }>(
    `select service from release where id = $1 and state = 'draft' and published_in is null`,
    [release],
  )
  return row ?? null
}
