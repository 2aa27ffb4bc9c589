import type { ReleaseRow } from '../../comparison/figures.ts'
import type { Database } from '../../database/database.ts'
import { packagedId } from './figures.ts'

export const boundariesFile = ({ id }: ReleaseRow): string => `boundaries/boundaries-${id}.geojson`

/** The shapes of one release as GeoJSON, piece by piece: a shape is read at a time. */
export async function* boundaryPieces(db: Database, release: number): AsyncGenerator<Uint8Array> {
  const subjects = await db.query<{ id: number }>(
    'select subject_id as id from boundary where release_id = $1 order by subject_id',
    [release],
  )
  yield Buffer.from('{"type":"FeatureCollection","features":[\n')
  for (const [at, { id }] of subjects.entries()) {
    const [feature] = await db.query<{ text: string }>(
      `select json_build_object('type', 'Feature',
         'properties', json_build_object('code', s.code, 'name', d.body->>'name'),
         'geometry', b.geometry)::text as text
       from boundary b join subject s on s.id = b.subject_id
       join description d on d.release_id = b.release_id and d.subject_id = b.subject_id
       where b.release_id = $1 and b.subject_id = $2`,
      [release, id],
    )
    yield Buffer.from(`${at === 0 ? '' : ',\n'}${feature?.text ?? ''}`)
  }
  yield Buffer.from('\n]}\n')
}

/** The level of the places whose shapes a release has; null where it has none. */
export async function boundaryLevel(db: Database, release: number): Promise<string | null> {
  const [row] = await db.query<{ level: string | null }>(
    `select d.body->>'level' as level from boundary b
     join description d on d.release_id = b.release_id and d.subject_id = b.subject_id
     where b.release_id = $1 limit 1`,
    [release],
  )
  return row ? (row.level ?? 'place') : null
}

/** The descriptor by which an import reads the shapes again. */
export function boundariesDescriptor(
  row: ReleaseRow,
  { descriptor, level, invented }: { descriptor: string; level: string; invented: boolean },
): Record<string, unknown> {
  return {
    id: packagedId(`${descriptor}-${row.id}`),
    title: row.title,
    publisher: row.publisher,
    source: row.source,
    licence: row.licence,
    ...(row.publishedOn === null ? {} : { publishedOn: row.publishedOn }),
    invented,
    dataset: row.dataset,
    service: row.service,
    kind: 'boundaries',
    order: 10,
    match: { name: `^boundaries-${row.id}\\.geojson$` },
    fields: [],
    period: { from: 'fixed', value: row.period, kind: 'year' },
    subjects: [{ kind: 'place', code: '{code}' }],
    boundaries: { code: 'code', name: 'name', level },
  }
}
