import type { Descriptor } from '../evidence/descriptor.ts'

/** A descriptor as a person edits it: what has its usual value is left out. */
export function descriptorText(draft: Descriptor): string {
  return `${JSON.stringify(withoutUsual(draft), null, 2)}\n`
}

/** By member: the value that the schema fills in where a descriptor does not say it. */
const usual: Readonly<Record<string, unknown>> = {
  kind: 'table',
  invented: false,
  yardstick: false,
  order: 50,
  encoding: 'utf-8',
  delimiter: ',',
  missingValues: [''],
  codes: {},
  families: [],
  setAside: [],
  longRows: false,
  shortRows: false,
  onRepeat: 'refuse',
  covers: 'period',
  totals: [],
  notes: [],
  indicators: [],
  optional: false,
  constraints: {},
  scheme: 'code',
  unknown: 'register',
  authority: 10,
  parents: [],
  aliases: [],
  facts: {},
  groups: { '': {} },
  breakdown: {},
  everyone: {},
  type: 'string',
}

function withoutUsual(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUsual)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, v]) => !(name in usual) || JSON.stringify(v) !== JSON.stringify(usual[name]))
      .map(([name, v]) => [name, withoutUsual(v)]),
  )
}
