import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Indicator } from '../evidence/indicator.ts'

/** All indicators: those that analysts described, and those drafted from files that name their own. */
export async function storedIndicators(
  db: Database,
  catalogue: Catalogue,
): Promise<Map<string, Indicator>> {
  const drafted = await db.query<{ code: string; definition: Indicator }>(
    'select code, definition from indicator',
  )
  return new Map([
    ...drafted.map((d): [string, Indicator] => [d.code, d.definition]),
    ...catalogue.indicators,
  ])
}
