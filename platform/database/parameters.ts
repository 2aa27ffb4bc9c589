/** The text of a PostgreSQL array of numbers; NaN stands for NULL. */
export function arrayLiteral(numbers: Float64Array | Float32Array | Int32Array): string {
  const parts = new Array<string>(numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i] as number
    // String() writes Infinity and 1e-7 as PostgreSQL reads them.
    parts[i] = Number.isNaN(n) ? 'NULL' : String(n)
  }
  return `{${parts.join(',')}}`
}

/**
 * One parameter as the driver takes it. Typed arrays of numbers become array literals (the driver
 * would send their bytes); a `Uint8Array` stays what it is and is stored as `bytea`.
 */
export function encodeParameter(value: unknown): unknown {
  if (
    value instanceof Float64Array ||
    value instanceof Int32Array ||
    value instanceof Float32Array
  ) {
    return arrayLiteral(value)
  }
  return value
}
