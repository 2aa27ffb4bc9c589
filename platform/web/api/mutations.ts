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

const hostile = fc.oneof(
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

/**
 * Requests made from an OpenAPI document and its mutations: the examples, allowed values, values that no
 * schema allows, parameters that are not there, twice the same one.
 */
export function requests(operations: readonly Described[]): fc.Arbitrary<string> {
  return fc.constantFrom(...operations).chain(({ path, parameters }) => {
    const valueOf = (p: Described['parameters'][number]) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(String(p.example ?? '')) },
        { weight: 2, arbitrary: fc.constantFrom('', ...(p.schema?.enum ?? [])) },
        { weight: 2, arbitrary: hostile },
      )
    const inQuery = parameters.filter((p) => p.in === 'query')
    const pairs = fc.array(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc
            .constantFrom(...inQuery)
            .chain((p) => valueOf(p).map((v): [string, string] => [p.name, v])),
        },
        { weight: 1, arbitrary: fc.tuple(hostile, hostile) },
      ),
      { maxLength: 5 },
    )
    const code = parameters.find((p) => p.in === 'path')
    return fc.tuple(pairs, code ? valueOf(code) : fc.constant('')).map(([query, inPath]) => {
      const address = path.replace('{code}', encodeURIComponent(inPath.toWellFormed()))
      const search = query
        .map((pair) => pair.map((x) => encodeURIComponent(x.toWellFormed())).join('='))
        .join('&')
      return `/api/v1${address}${search ? `?${search}` : ''}`
    })
  })
}
