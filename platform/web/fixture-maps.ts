import type { Reader } from '../comparison/reader.ts'
import type { MapArea } from '../places/maps.ts'

const square = (west: number): MapArea['geometry'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 52],
      [west + 0.1, 52],
      [west + 0.1, 52.1],
      [west, 52.1],
      [west, 52],
    ],
  ],
})

/** One map, of progress in reading, on whose page a script makes it larger; others are drawn from the example area in its own tests. */
export const fixtureMaps: Reader['maps'] = {
  areas: async (_, code) =>
    code !== 'reading-progress'
      ? null
      : {
          indicator: code,
          period: '2023-24',
          level: 'district',
          levels: [{ level: 'district', count: 2 }],
          whole: 'Inventedshire',
          areas: [
            ['P3', 'Ash & <i>Beech</i>', -1, 2],
            ['P4', 'Cedar', 0, -1],
            ['P5', 'Dogwood', null, 0],
          ].map(([place, name, direction, at]) => ({
            code: String(place),
            name: String(name),
            geometry: square(Number(at) / 10),
            figure:
              direction === null
                ? null
                : {
                    value: 5 + Number(direction),
                    lower95: 4 + Number(direction),
                    upper95: 6 + Number(direction),
                    direction: direction as -1 | 0,
                    origin: 'published' as const,
                    providers: 0,
                  },
          })),
        },
  indicatorsWithin: async () => [],
  points: async () => ({ points: [], unplaced: [] }),
  shape: async () => null,
  standings: async () => [],
  near: async () => null,
}
