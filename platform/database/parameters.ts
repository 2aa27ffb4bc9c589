/** The text of a PostgreSQL array of numbers; NaN stands for NULL. */
export function arrayLiteral(numbers: Float32Array | Int32Array): string {
  const parts = new Array<string>(numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i] as number
    // String() writes Infinity and 1e-7 as PostgreSQL reads them.
    parts[i] = Number.isNaN(n) ? 'NULL' : String(n)
  }
  return `{${parts.join(',')}}`
}

const float8 = 701

/**
 * The bytes of a PostgreSQL array of float8 (`array_send`); NaN stands for NULL. PostgreSQL takes
 * them as they are, where it would read each number of a text: storing costs a fifth.
 */
export function float8Array(numbers: Float64Array): Buffer {
  const header = 20
  const bytes = Buffer.allocUnsafe(header + 12 * numbers.length)
  let at = header
  let nulls = 0
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i] as number
    if (Number.isNaN(n)) {
      nulls = 1
      at = bytes.writeInt32BE(-1, at)
    } else {
      at = bytes.writeInt32BE(8, at)
      at = bytes.writeDoubleBE(n, at)
    }
  }
  // An empty array has no dimension.
  bytes.writeInt32BE(numbers.length === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(nulls, 4)
  bytes.writeInt32BE(float8, 8)
  bytes.writeInt32BE(numbers.length, 12)
  bytes.writeInt32BE(1, 16)
  return bytes.subarray(0, numbers.length === 0 ? 12 : at)
}

/**
 * One parameter as the driver takes it. Typed arrays of numbers become arrays: a `Float64Array`
 * in bytes, for columns of float8[] alone, the others as text, for any; a `Uint8Array` stays what it is and is stored as `bytea`.
 */
export function encodeParameter(value: unknown): unknown {
  if (value instanceof Float64Array) return float8Array(value)
  if (value instanceof Int32Array || value instanceof Float32Array) return arrayLiteral(value)
  return value
}
