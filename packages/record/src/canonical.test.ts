import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, isCanonical } from './canonical.ts'

// The test data of RFC 8785's author: github.com/cyberphone/json-canonicalization, testdata/input and
// testdata/output (Apache 2.0), at commit 77917fb and before.
const vectors: [name: string, input: string, output: string][] = [
  [
    'arrays',
    '[\n 56,\n {\n "d": true,\n "10": null,\n "1": [ ]\n }\n]',
    '[56,{"1":[],"10":null,"d":true}]',
  ],
  [
    'french',
    '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
  ],
  [
    'structures',
    '{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0},"10": { },"": "empty","a": { },"111": [ { } ],"A": { }}',
    '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
  ],
  [
    'unicode',
    '{"Unnormalized Unicode":"\\u1e0d\\u0307"}',
    '{"Unnormalized Unicode":"\u1e0d\u0307"}',
  ],
  [
    'values',
    '{"numbers": [1E30, 4.50, 333333333.33333329, 2e-3, 0.000000000000000000000000001], "escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
    '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false],"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}',
  ],
  [
    'weird',
    '{"\\u20ac": "Euro Sign","1": "One","\\u0080": "Control\\u007f","\\ud83d\\ude02": "Smiley","\\u00f6": "Latin Small Letter O With Diaeresis","\\ufb33": "Hebrew Letter Dalet With Dagesh","</script>": "Browser Challenge"}',
    '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\ud83d\ude02":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
]

// RFC 8785, appendix B: doubles by their bits, and how they are written.
const numbers: [bits: string, text: string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
]

describe('canonical JSON (RFC 8785)', () => {
  it.each(vectors)('writes the test data as it must: %s', (_, input, output) => {
    expect(canonicalText(JSON.parse(input))).toBe(output)
    expect(isCanonical(output, JSON.parse(output))).toBe(true)
    expect(isCanonical(input, JSON.parse(input))).toBe(input === output)
  })

  it.each(numbers)('writes the double %s as %s', (bits, text) => {
    expect(canonicalText(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'lone \ud800', { '\udfff': 1 }])(
    'refuses what JSON cannot carry: %j',
    (value) => {
      expect(() => canonicalText(value)).toThrow()
    },
  )

  it('knows texts that can be read in two ways', () => {
    for (const text of [
      '{"a":1,"a":2}',
      '{"a":9007199254740993}',
      '{"a":1e400}',
      '{"a":1.0}',
      ' 1',
    ]) {
      expect(isCanonical(text, JSON.parse(text)), text).toBe(false)
    }
  })

  it('tells any text apart from the canonical one', () => {
    const names = fc.constantFrom('a', 'b', '1', '9', '10', '', 'é', '\ud800', '😀', '\ufb33')
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.string({ unit: 'binary' }),
        tie('object'),
      ),
      object: fc.dictionary(names, tie('value')),
    }))
    fc.assert(
      fc.property(value, (any) => {
        const text = JSON.stringify(any)
        const parsed = JSON.parse(text)
        let canonical: string | null = null
        try {
          canonical = canonicalText(parsed)
        } catch {
          // It holds half a character.
        }
        expect(isCanonical(text, parsed)).toBe(canonical === text)
        if (canonical !== null) expect(isCanonical(canonical, JSON.parse(canonical))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is read as what was written, whatever the order of the names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalText(JSON.parse(JSON.stringify(value)))
        expect(canonicalText(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(canonicalText({ b: { d: 1, c: 2 }, a: 0 })).toBe(
      canonicalText({ a: 0, b: { c: 2, d: 1 } }),
    )
  })
})
