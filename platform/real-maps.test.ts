import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import type { FeatureCollection } from 'geojson'
import { describe, expect, it } from 'vitest'
import { fit, outline } from './places/project.ts'
import { areasOf, mostBytes, type Shape, simplifyLevel } from './places/simplify.ts'

const data = join(import.meta.dirname, '../../shared/data/places')

describe.skipIf(!existsSync(data)).each([
  ['lad-2024', 361],
  ['counties-unitaries-2023', 218],
  ['nhs-sub-icb-2023', 106],
] as const)('published boundaries %s', (name, count) => {
  const file = join(data, `${name}-boundaries.geojson.gz`)
  const { features } = JSON.parse(
    gunzipSync(readFileSync(file)).toString('utf8'),
  ) as FeatureCollection<Shape>
  const before = features.map(({ geometry }, id) => ({ id, geometry }))
  const after = areasOf(simplifyLevel(before))

  const size = ({ coordinates, type }: Shape): number => {
    const pieces = type === 'Polygon' ? [coordinates] : coordinates
    const rings = pieces.flat()
    return rings.reduce((sum, ring) => {
      const twice = ring.reduce((t, [x = 0, y = 0], i) => {
        const [nx = 0, ny = 0] = ring[(i + 1) % ring.length] ?? []
        return t + x * ny - nx * y
      }, 0)
      return sum + twice / 2
    }, 0)
  }

  it('weigh less than 300 kB and lose no area', () => {
    expect(JSON.stringify(after).length).toBeLessThan(mostBytes)
    expect(after.map((a) => a.id)).toEqual(before.map((b) => b.id))
    expect(after).toHaveLength(count)
  })

  it('keep the size of nearly every area', () => {
    const share = after.map(({ id, geometry }) => {
      const was = Math.abs(size(before[id]?.geometry ?? geometry))
      return Math.abs(Math.abs(size(geometry)) / was - 1)
    })
    const off = share.filter((s) => s > 0.15).length
    expect(off).toBeLessThan(0.05 * count)
  })

  it('are drawn in less than 100 kB as they are sent', () => {
    const plane = fit(after.map((a) => a.geometry))
    const paths = after.map((a) => outline(a.geometry, plane)).join('')
    expect(paths).not.toMatch(/NaN|e-/)
    expect(brotliCompressSync(paths).length).toBeLessThan(100_000)
  })
})
