import type { Database } from '../../platform/database/database.ts'
import { exampleHost } from '../../platform/people/walk-in.ts'
import { askFor, confirm } from '../../platform/subscriptions/store.ts'
import type { About, Pace } from '../../platform/subscriptions/subscription.ts'

/** Who follows what by email; their mailboxes are nowhere. */
export const followers: readonly (About & { readonly who: string; readonly pace: Pace })[] = [
  { who: 'rosalind.marsh', kind: 'provider', code: 'ALDP03', pace: 'weekly' },
  { who: 'rosalind.marsh', kind: 'indicator', code: 'ald-primary-absence', pace: 'weekly' },
  { who: 'tom.fennick', kind: 'standard', code: 'ald-floor-primary', pace: 'daily' },
  { who: 'tom.fennick', kind: 'provider', code: 'ALDG03', pace: 'daily' },
  { who: 'edith.sorrel', kind: 'place', code: 'ALD', pace: 'at-once' },
]

/** Has the county's people follow pages, once; they know everything that is published up to now. */
export async function followPages(db: Database): Promise<void> {
  const [known] = await db.query('select id from subscriber limit 1')
  if (known) return
  const [last] = await db.query<{ told: number }>(
    'select coalesce(max(id), 0)::int as told from publication',
  )
  await db.transaction(async (tx) => {
    for (const { who, pace, ...about } of followers) {
      const id = await askFor(tx, `${who}@${exampleHost}`, about)
      await confirm(tx, { id, pace, told: last?.told ?? 0 })
    }
  })
}
