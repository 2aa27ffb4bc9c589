import { basename } from 'node:path'
import { z } from 'zod'
import { Findings } from './checks.ts'
import type { Descriptor } from './descriptor.ts'
import { normalisePeriod } from './period.ts'
import type { ReadContext, ReadResult, RefusedRow } from './reading.ts'
import { openText } from './rows.ts'
import type { Description } from './subjects.ts'

const position = z.array(z.number()).min(2)
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
])
export type Geometry = z.infer<typeof geometry>

const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({ properties: z.record(z.string(), z.unknown()), geometry: z.unknown() }),
  ),
})

export interface Boundary {
  readonly subject: number
  readonly geometry: Geometry
}

/** Boundaries are read whole: a published file of them is a few megabytes. */
export async function readBoundaries(
  path: string,
  context: ReadContext,
): Promise<ReadResult & { boundaries: readonly Boundary[] }> {
  const { descriptor, subjects, groups } = context
  const { file, text } = await openText(path, descriptor.encoding)
  let json = ''
  for await (const chunk of text) json += chunk
  const { features } = collection.parse(JSON.parse(json.replace(/^\uFEFF/, '')))
  const findings = new Findings()
  const refused: RefusedRow[] = []
  const boundaries: Boundary[] = []
  const descriptions = new Map<number, Description>()
  const { code: codeKey, name: nameKey, level } = settings(descriptor)
  features.forEach((feature, i) => {
    const line = i + 1
    const code = String(feature.properties[codeKey] ?? '')
    const shape = geometry.safeParse(feature.geometry)
    if (code === '' || !shape.success) {
      const sentence = code === '' ? `The shape has no ${codeKey}.` : 'The shape is no polygon.'
      findings.add('refuse', { line, column: codeKey, value: code, rule: 'boundary', sentence })
      refused.push({ line, rule: 'boundary', column: codeKey, sentence, cells: [code] })
      return
    }
    const subject = subjects.register('place', code)
    boundaries.push({ subject, geometry: shape.data })
    descriptions.set(subject, place(String(feature.properties[nameKey] ?? code), level))
  })
  const p = descriptor.period
  const label = p.from === 'name' ? groups[p.group] : p.from === 'fixed' ? p.value : undefined
  const period = normalisePeriod(label ?? '', p.kind) ?? label ?? ''
  const report = {
    file: basename(path),
    descriptor: descriptor.id,
    period,
    sha256: file.sha256(),
    bytes: file.bytes,
    rowsRead: features.length,
    rowsAccepted: boundaries.length,
    rowsRefused: refused.length,
    observations: 0,
    columns: null,
    rules: findings.rules(),
  }
  return { report, period, part: null, descriptions, refused, drafted: [], boundaries, childOf: [] }
}

function settings(descriptor: Descriptor): { code: string; name: string; level: string } {
  if (!descriptor.boundaries) {
    throw new Error(`The descriptor ${descriptor.id} does not say which property is the code.`)
  }
  return descriptor.boundaries
}

function place(name: string, level: string): Description {
  return {
    name,
    authority: 20,
    level,
    service: null,
    postcode: null,
    address: null,
    town: null,
    type: null,
    status: null,
    easting: null,
    northing: null,
    parents: [],
    facts: {},
  }
}
