/** An example of a docstring: what is computed, and what the docstring says comes out. */
export interface Example {
  readonly code: string
  readonly expected: string
}

/** Splits an example at its first comment, which holds what comes out and may go over several lines. */
export function parseExample(text: string): Example {
  const at = text.indexOf('//')
  if (at < 0) throw new Error(`the example says no value: ${text}`)
  const expected = text.slice(at).replace(/^\s*\/\/ ?/gm, '')
  return { code: text.slice(0, at).trim(), expected: expected.trim() }
}

/** A number of which only the first digits were written, as `0.5525…`. */
class Beginning {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
  holds(found: unknown): boolean {
    if (typeof found !== 'number') return false
    const decimals = this.digits.split('.')[1]?.length ?? 0
    const wanted = Number(this.digits)
    const off = wanted < 0 || Object.is(wanted, -0) ? wanted - found : found - wanted
    return off > -1e-12 && off < 10 ** -decimals
  }
}

/** Runs an example with the package's exports; says what is wrong, or undefined where all is right. */
export function checkExample(
  { code, expected }: Example,
  exports: Readonly<Record<string, unknown>>,
): string | undefined {
  const names = Object.keys(exports)
  const run = (text: string): unknown =>
    new Function(...names, 'beginning', `return (${text})`)(
      ...Object.values(exports),
      (digits: string) => new Beginning(digits),
    )
  const found = run(code)
  const wanted = run(expected.replace(/(-?\d+(?:\.\d+)?)…/g, 'beginning("$1")'))
  return same(plain(found), wanted)
    ? undefined
    : `${code}\n gives ${JSON.stringify(plain(found))}\n where the docstring says ${expected}`
}

/** Typed arrays as arrays. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, x]) => [key, plain(x)]))
}

function same(found: unknown, wanted: unknown): boolean {
  if (wanted instanceof Beginning) return wanted.holds(found)
  if (typeof wanted === 'number' && typeof found === 'number') {
    return Object.is(found, wanted) || Math.abs(found - wanted) <= 1e-12 * Math.abs(wanted)
  }
  if (typeof wanted !== 'object' || wanted === null) return found === wanted
  if (typeof found !== 'object' || found === null) return false
  const keys = Object.keys(wanted)
  return (
    Object.keys(found).length === keys.length &&
    keys.every((key) =>
      same((found as Record<string, unknown>)[key], (wanted as Record<string, unknown>)[key]),
    )
  )
}
