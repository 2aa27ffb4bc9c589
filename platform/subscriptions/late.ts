import type { Reader } from '../comparison/reader.ts'
import type { Database, Queries } from '../database/database.ts'
import { type Grant, type Viewer } from '../people/roles.ts'
import { allowed } from '../people/rules.ts'
import type { News } from './subscription.ts'

/** A source whose next figures should have come, noticed once for each release that it owes. */
interface LateNotice {
  readonly id: number
  readonly service: string | null
  readonly title: string
  readonly dataset: string
  readonly period: string
  readonly until: string
  readonly due: string
  readonly noticedAt: string
}

/**
 * Notices figures that are late on a day and were not before: the desk shows them from that day on, without
 * anything being published. However often it runs, each is noticed once.
 * @param day ISO.
 * @returns how many were new.
 */
export async function noticeLate(
  db: Database,
  reader: Pick<Reader, 'state' | 'desk'>,
  day: string,
): Promise<number> {
  const signals = await reader.desk.all(await reader.state(), day)
  const late = signals.filter((s) => s.rule === 'late-release')
  let noticed = 0
  for (const { key, service, about, period, seen } of late) {
    const made = await db.query(
      `insert into late_notice (signal, service, title, dataset, period, until, due)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (signal) do nothing returning id`,
      [key, service, seen.title ?? about, about, period, seen.until ?? '', seen.due ?? day],
    )
    noticed += made.length
  }
  return noticed
}

/** The number of the last notice; 0 where there is none. */
export async function lastNotice(db: Pick<Queries, 'query'>): Promise<number> {
  const [row] = await db.query<{ last: number }>(
    'select coalesce(max(id), 0)::int as last from late_notice',
  )
  return row?.last ?? 0
}

/** May somebody with these roles be told that figures of a service are late? */
const mayFollow = (grants: readonly Grant[], service: string | null): boolean => {
  const viewer: Viewer = { person: { id: '', pseudonym: '' }, grants }
  return allowed(viewer, 'follow-late', service === null ? {} : { service }).yes
}

/** What became late after a notice, as far as somebody's roles reach; the newest first. */
export async function lateNews(
  db: Pick<Queries, 'query'>,
  grants: readonly Grant[],
  told: number,
  words: { readonly period: (code: string) => string; readonly date: (iso: string) => string },
): Promise<News> {
  const notices = await db.query<LateNotice>(
    `select id, service, title, dataset, period, until, due, noticed_at as "noticedAt"
     from late_notice where id > $1 order by id desc`,
    [told],
  )
  return {
    name: 'Figures that are late',
    href: '/desk?what=late',
    items: notices
      .filter((n) => mayFollow(grants, n.service))
      .map((n) => ({
        title: `Late: ${n.title}, ${words.period(n.period)}`,
        summary: `They should have come by ${words.date(n.due)}, by the rhythm of those before. The last are of ${words.period(n.until)}.`,
        href: `/releases?dataset=${encodeURIComponent(n.dataset)}`,
        at: n.noticedAt,
      })),
  }
}
