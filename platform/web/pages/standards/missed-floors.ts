import type { State } from '../../../comparison/reader.ts'
import { stateOf } from '../../../standards/standard.ts'
import type { StandardAt, StandardsReader } from '../../../standards/store.ts'
import * as words from '../../words.ts'

/** A floor that stands today, and in which period it was missed. */
export interface MissedFloor {
  readonly code: string
  readonly name: string
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
}

/** A part of a standard that may be met in another way is no floor by itself. */
const isFloor = ({ standard, partOf }: Pick<StandardAt, 'standard' | 'partOf'>, day: string) =>
  standard.kind === 'floor' && partOf === null && stateOf(standard, day) === 'adopted'

/** The day of a state: a floor stands as it did then. */
const dayOf = (state: State): string => (state.at ?? new Date().toISOString()).slice(0, 10)

/** What is asked of a page's context: the standards of a state. */
interface Judged {
  readonly reader: { readonly standards: Pick<StandardsReader, 'all' | 'of'> }
  readonly state: State
}

/** The floors in force that one provider missed when it was last judged. */
export async function ownMissedFloors(
  code: string,
  { reader, state }: Judged,
): Promise<MissedFloor[]> {
  const judged = await reader.standards.of(state, code)
  return judged.flatMap(({ standard, partOf, period, outcome }) => {
    if (!isFloor({ standard, partOf }, dayOf(state)) || outcome !== 'not met') return []
    const { name, indicator, breakdown } = standard
    return [{ code: standard.code, name, indicator, breakdown, period }]
  })
}

/** The floors in force that each provider of a service missed in the last period it was judged in. */
export async function missedFloors(
  service: string,
  { reader, state }: Judged,
): Promise<ReadonlyMap<string, readonly MissedFloor[]>> {
  const missed = new Map<string, MissedFloor[]>()
  for (const at of (await reader.standards.all(state)).values()) {
    const { standard, periods } = at
    if (!isFloor(at, dayOf(state)) || standard.service !== service) continue
    const last = new Map(
      periods.flatMap(({ period, judgements }) =>
        [...judgements].map(([code, { outcome }]) => [code, { period, outcome }] as const),
      ),
    )
    for (const [code, { period, outcome }] of last) {
      if (outcome !== 'not met') continue
      const { name, indicator, breakdown } = standard
      const floor = { code: standard.code, name, indicator, breakdown, period }
      missed.set(code, [...(missed.get(code) ?? []), floor])
    }
  }
  return missed
}

/** "below a floor: Not rated inadequate"; '' for one that misses none. */
export const missedText = (floors: readonly MissedFloor[] | undefined): string =>
  floors && floors.length > 0 ? `below a floor: ${words.list(floors.map((f) => f.name))}` : ''
