import type { Database, Queries } from '../database/database.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import {
  answersSchema,
  type Upload,
  type UploadState,
  uploadPreview,
  uploadReport,
} from './upload.ts'

/** What may change of a file on its way; what is left out stays. */
export type Change = Partial<
  Pick<
    Upload,
    | 'state'
    | 'descriptor'
    | 'service'
    | 'draft'
    | 'answers'
    | 'finished'
    | 'accept'
    | 'report'
    | 'preview'
    | 'release'
    | 'publication'
    | 'sentence'
    | 'reason'
    | 'role'
  >
>

type Row = Record<string, unknown> & Pick<Upload, 'id' | 'bytes'>

const columns = `u.id, u.person_id as person, p.pseudonym, u.file_name as "fileName",
  u.bytes::float8 as bytes, u.sha256, u.folder, u.state, u.version, u.descriptor, u.service, u.draft,
  u.answers, u.finished, u.accept, u.report, u.preview, u.release, u.publication, u.sentence, u.reason,
  u.role, u.adopted, u.made_at as "madeAt", u.changed_at as "changedAt"`
const from = 'from upload u left join person p on p.id = u.person_id'

/** JSON that the database gives is of the shape in which it was kept, or an error. */
function read(row: Row): Upload {
  const of = <T>(value: unknown, parse: (value: unknown) => T): T | null =>
    value === null ? null : parse(value)
  return {
    ...(row as unknown as Upload),
    draft: of(row.draft, (v) => descriptorSchema.parse(v)),
    finished: of(row.finished, (v) => descriptorSchema.parse(v)),
    answers: of(row.answers, (v) => answersSchema.parse(v)),
    report: of(row.report, (v) => uploadReport.parse(v)),
    preview: of(row.preview, (v) => uploadPreview.parse(v)),
  }
}

/** Takes a file on; false where its form has handed one in already. */
export async function addUpload(
  db: Queries,
  of: Pick<Upload, 'id' | 'person' | 'fileName' | 'bytes' | 'sha256' | 'folder'>,
): Promise<boolean> {
  const added = await db.query(
    `insert into upload (id, person_id, file_name, bytes, sha256, folder, state)
     values ($1, $2, $3, $4, $5, $6, 'reading') on conflict (id) do nothing returning id`,
    [of.id, of.person, of.fileName, of.bytes, of.sha256, of.folder],
  )
  return added.length > 0
}

export async function findUpload(db: Database, id: string): Promise<Upload | null> {
  const [row] = await db.query<Row>(`select ${columns} ${from} where u.id = $1`, [id])
  return row ? read(row) : null
}

/** Newest first: those under way, or those that are published. */
export async function listUploads(db: Database, states: readonly UploadState[]): Promise<Upload[]> {
  const rows = await db.query<Row>(
    `select ${columns} ${from} where u.state = any($1::text[]) order by u.changed_at desc limit 50`,
    [states],
  )
  return rows.map(read)
}

const names: Readonly<Record<keyof Change, string>> = {
  state: 'state',
  descriptor: 'descriptor',
  service: 'service',
  draft: 'draft',
  answers: 'answers',
  finished: 'finished',
  accept: 'accept',
  report: 'report',
  preview: 'preview',
  release: 'release',
  publication: 'publication',
  sentence: 'sentence',
  reason: 'reason',
  role: 'role',
}

const isJson = new Set<string>(['draft', 'answers', 'finished', 'report', 'preview'])

/**
 * Changes a file that is still as whoever asks has seen it: in this version, in one of these states.
 * @returns its new version; null where somebody else was first, and nothing is changed.
 */
export async function changeUpload(
  db: Queries,
  id: string,
  when: { readonly version?: number; readonly states: readonly UploadState[] },
  change: Change,
): Promise<number | null> {
  const entries = Object.entries(change) as [keyof Change, unknown][]
  const sets = entries.map(([name], i) => `${names[name]} = $${i + 4}`)
  const values = entries.map(([name, value]) =>
    isJson.has(name) && value !== null ? JSON.stringify(value) : value,
  )
  const [row] = await db.query<{ version: number }>(
    `update upload set ${[...sets, 'version = version + 1', 'changed_at = now()'].join(', ')}
     where id = $1 and state = any($2::text[]) and ($3::int is null or version = $3)
     returning version`,
    [id, when.states, when.version ?? null, ...values],
  )
  return row?.version ?? null
}

/** Folders of files that are still needed. */
export async function neededFolders(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ folder: string }>(
    `select folder from upload where state not in ('published', 'dropped', 'unreadable')`,
  )
  return new Set(rows.map((r) => r.folder))
}

/**
 * Drops files that nobody has gone on with for so many days; gives what is left of them. A draft that came
 * another way stays a draft.
 */
export function dropForgotten(
  db: Database,
  days: number,
): Promise<Pick<Upload, 'folder' | 'release'>[]> {
  return db.query(
    `update upload set state = 'dropped', changed_at = now(), version = version + 1
     where state in ('questions', 'refused', 'ready', 'unreadable')
       and changed_at < now() - make_interval(days => $1)
     returning folder, case when adopted then null else release end as release`,
    [days],
  )
}

/** The number of the last publication; 0 where there is none. */
export async function lastPublication(db: Database): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    'select coalesce(max(id), 0)::int as id from publication',
  )
  return row?.id ?? 0
}

/** In which publication a release has come to count; null while it is a draft or where it is gone. */
export async function publishedIn(db: Database, release: number): Promise<number | null> {
  const [row] = await db.query<{ publication: number | null }>(
    'select published_in as publication from release where id = $1',
    [release],
  )
  return row?.publication ?? null
}

export interface OtherDraft {
  readonly id: number
  readonly title: string
  readonly service: string | null
  readonly period: string
  readonly fileName: string
  readonly by: string
}

/** Drafts of which no file that was handed in is on its way. */
export function otherDrafts(db: Database): Promise<OtherDraft[]> {
  return db.query<OtherDraft>(
    `select id, title, service, coalesce(period, '') as period, file_name as "fileName", created_by as by
     from release where state = 'draft' and published_in is null
       and id not in (select release from upload where release is not null and state <> 'dropped')
     order by id desc limit 50`,
  )
}
