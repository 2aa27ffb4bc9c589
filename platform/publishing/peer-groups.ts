import { type NeighbourFeature, nearestNeighbours } from '@plumbline/statistics'
import { peerCount } from '../comparison/peers.ts'
import { mergeParts } from '../comparison/series.ts'
import type { Database } from '../database/database.ts'
import { kindApart, type Service } from '../evidence/indicator.ts'
import { loadIndicator } from './compute.ts'
import type { Listing } from './listings.ts'

/** Everyone's peers before a publication, by subject number. */
export async function loadPeers(
  db: Database,
  publication: number,
): Promise<Map<number, Int32Array>> {
  const rows = await db.query<{ subject_id: number; members: number[] }>(
    `select distinct on (subject_id) subject_id, members from peer_group
     where publication < $1 order by subject_id, publication desc`,
    [publication],
  )
  return new Map(rows.map((r) => [r.subject_id, Int32Array.from(r.members)]))
}

/** The latest value of an indicator for each subject. */
async function latestValues(
  db: Database,
  releases: readonly number[],
  indicator: string,
): Promise<Map<number, number>> {
  const parts = await loadIndicator(db, releases, indicator)
  const periods = Map.groupBy(
    parts.filter((p) => p.breakdown === ''),
    (p) => p.period,
  )
  const latest = new Map<number, number>()
  for (const [, ofPeriod] of [...periods].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const series = mergeParts(ofPeriod)
    series.subjects.forEach((subject, at) => {
      const value = series.value[at] as number
      if (!Number.isNaN(value)) latest.set(subject, value)
    })
  }
  return latest
}

/**
 * Finds the peers of every provider of a service and stores them; of a kind that is held apart, among
 * its own. Providers of whom none of the numbers is known are nobody's peers and have none.
 */
export async function computePeers(
  db: Database,
  service: Service,
  releases: readonly number[],
  listings: ReadonlyMap<number, Listing>,
  publication: number,
  peers: Map<number, Int32Array>,
): Promise<void> {
  const numbers = new Map<string, Map<number, number>>()
  for (const p of service.peers) {
    if (!p.from.startsWith('fact:')) numbers.set(p.from, await latestValues(db, releases, p.from))
  }
  const size = [...numbers.values()][0]
  const providers = [...listings.values()].filter(
    (l) => l.kind === 'provider' && l.service === service.code && (!size || size.has(l.id)),
  )
  const kinds = Map.groupBy(providers, (l) => kindApart(service, l.body.facts))
  for (const [, some] of kinds) {
    if (some.length >= 3) await storePeers(db, service, some, numbers, publication, peers)
  }
}

async function storePeers(
  db: Database,
  service: Service,
  providers: readonly Listing[],
  numbers: ReadonlyMap<string, ReadonlyMap<number, number>>,
  publication: number,
  peers: Map<number, Int32Array>,
): Promise<void> {
  const features = service.peers.map((p): NeighbourFeature => {
    if (p.from.startsWith('fact:') || p.transform === 'same') {
      const fact = p.from.replace('fact:', '')
      return { weight: p.weight, words: providers.map((l) => l.body.facts[fact] ?? null) }
    }
    const known = numbers.get(p.from)
    const values = Float64Array.from(providers, (l) => known?.get(l.id) ?? Number.NaN)
    const shown =
      p.transform === 'log' ? values.map((x) => (x > 0 ? Math.log(x) : Number.NaN)) : values
    return { weight: p.weight, numbers: shown }
  })
  const groups = nearestNeighbours(
    providers.map((l) => l.code),
    features,
    peerCount,
  )
  const ids = groups.members.map((m) => m.map((at) => (providers[at] as Listing).id))
  providers.forEach((l, i) => {
    peers.set(l.id, ids[i] as Int32Array)
  })
  for (let i = 0; i < providers.length; i += 500) {
    const some = providers.slice(i, i + 500)
    await db.query(
      `insert into peer_group (subject_id, publication, members, distances)
       select id, $1, string_to_array(members, ',')::int[], string_to_array(distances, ',')::float8[]
       from unnest($2::int[], $3::text[], $4::text[]) as p(id, members, distances)`,
      [
        publication,
        some.map((l) => l.id),
        some.map((_, k) => (ids[i + k] as Int32Array).join(',')),
        some.map((_, k) =>
          Array.from(groups.distances[i + k] as Float64Array, (d) => d.toFixed(4)).join(','),
        ),
      ],
    )
  }
}
