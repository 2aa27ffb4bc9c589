import { mkdir, statfs } from 'node:fs/promises'
import type { Queries } from '../database/database.ts'
import { NotTaken } from './receive.ts'

/** Files of the largest size that one person may have here at a time, half sent or not published yet. */
const mostLargest = 4
/** Bytes that stay free on the disk: the database needs room too. */
const reserve = 200_000_000

/** Bytes that are free where a folder lies. */
export async function freeBytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const inMegabytes = (bytes: number): string => Math.round(bytes / 1e6).toLocaleString('en-GB')

/** @throws NotTaken where the disk has no room for so many bytes more. */
export async function requireRoom(
  folder: string,
  bytes: number,
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<void> {
  if ((await free(folder)) - bytes >= reserve) return
  throw new NotTaken(
    'There is no room on the disk for this file now. Try again later, and tell whoever runs this.',
  )
}

/**
 * Lets a person's files be counted by nobody else until the transaction ends, and counts them.
 * @param but a file that is not counted: it is half sent, and comes in place of itself.
 * @throws NotTaken where they would have more than their share, with so many bytes more.
 */
export async function requireShare(
  tx: Queries,
  { person, bytes, but }: { person: string; bytes: number; but: string },
  mostBytes: number,
): Promise<void> {
  await tx.query('select 1 from person where id = $1 for no key update', [person])
  const [row] = await tx.query<{ bytes: number }>(
    `select ((select coalesce(sum(bytes), 0) from upload where person_id = $1 and id <> $2
         and state not in ('published', 'dropped', 'unreadable') and not adopted)
       + (select coalesce(sum(bytes), 0) from upload_part where person_id = $1 and id <> $2
         and received < bytes))::float8 as bytes`,
    [person, but],
  )
  const most = mostLargest * mostBytes
  const has = row?.bytes ?? 0
  if (has + bytes <= most) return
  throw new NotTaken(
    `You have ${inMegabytes(has)} MB of files here that are not published, and ${inMegabytes(most)} MB is the most. Publish, drop or remove some of them first.`,
  )
}
