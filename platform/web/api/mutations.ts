import fc from 'fast-check'

/** What the document says of one operation, as a stranger reads it. */
interface Described {
  readonly path: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly example?: unknown
    readonly schema?: { readonly enum?: readonly string[] | undefined } | undefined
  }[]
}

export const hostile = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    'NaN',
    'null',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '%00',
    '\u0000',
    '\ud800',
    '١٢',
    '9999999999999999999999',
    '2026-02-30',
    '0000-01-01',
    'eyJhdCI6bnVsbCwiY2h1bmsiOjAsInBsYWNlIjowLCJxdWVzdGlvbiI6IngifQ',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
    ',,,,',
  ),
)

type Parameter = Described['parameters'][number]

const valueOf = (p: Parameter): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(String(p.example ?? '')) },
    { weight: 2, arbitrary: fc.constantFrom('', ...(p.schema?.enum ?? [])) },
    { weight: 2, arbitrary: hostile },
  )

type Pair = [name: string, value: string]

/** What is behind the question mark: parameters of the operation, at times others, at times twice. */
export function searches(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const own = parameters.filter((p) => p.in === 'query')
  const known = own.map((p) => valueOf(p).map((value): Pair => [p.name, value]))
  const other: fc.Arbitrary<Pair> = fc.tuple(hostile, hostile)
  const weighted = known.map((arbitrary) => ({ weight: 9, arbitrary }))
  const pair = fc.oneof(...weighted, { weight: Math.max(1, known.length), arbitrary: other })
  return fc
    .array(pair, { maxLength: 5 })
    .map((pairs) => pairs.map((p) => p.map((x) => encodeURIComponent(x.toWellFormed())).join('=')))
    .map((all) => all.join('&'))
}

/**
 * Requests made from an OpenAPI document and its mutations: the examples, allowed values, values that no
 * schema allows, parameters that are not there, twice the same one.
 */
export function requests(operations: readonly Described[]): fc.Arbitrary<string> {
  return fc.constantFrom(...operations).chain(({ path, parameters }) => {
    const code = parameters.find((p) => p.in === 'path')
    const inPath = code ? valueOf(code) : fc.constant('')
    return fc.tuple(searches(parameters), inPath).map(([search, value]) => {
      const address = path.replace('{code}', encodeURIComponent(value.toWellFormed()))
      return `/api/v1${address}${search ? `?${search}` : ''}`
    })
  })
}
