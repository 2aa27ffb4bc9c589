/**
 * How values cross to PostgreSQL and back, the same for PGlite and for a server: typed arrays go as
 * array literals, `double precision[]` and the like come back as arrays with null for NULL.
 */
export function parameter(value: unknown): unknown {
  if (value instanceof Float64Array) {
    const parts = new Array<string>(value.length)
    for (let i = 0; i < value.length; i++) {
      const x = value[i] as number
      parts[i] = Number.isNaN(x) ? 'NULL' : String(x)
    }
    return `{${parts.join(',')}}`
  }
  if (
    value instanceof Int32Array ||
    value instanceof Uint8Array ||
    value instanceof Int8Array ||
    value instanceof Int16Array
  ) {
    return `{${value.join(',')}}`
  }
  if (Array.isArray(value)) return textArray(value)
  return value
}

function textArray(values: readonly unknown[]): string {
  const parts = values.map((v) => {
    if (v === null || v === undefined) return 'NULL'
    if (typeof v === 'number') return Number.isNaN(v) ? 'NULL' : String(v)
    return `"${String(v).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${parts.join(',')}}`
}

/** Reads `{1,NULL,2.5}`. */
export function numberArray(text: string): (number | null)[] {
  if (text.length <= 2) return []
  return text
    .slice(1, -1)
    .split(',')
    .map((t) => (t === 'NULL' ? null : Number(t)))
}

/** PostgreSQL's type numbers, and how their text is read. */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number, // bigint: counts of bytes and rows, far below 2^53
  1005: numberArray, // smallint[]
  1007: numberArray, // integer[]
  1016: numberArray, // bigint[]
  1022: numberArray, // double precision[]
  1184: (text) => new Date(text).toISOString(), // timestamptz
}
