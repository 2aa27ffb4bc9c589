import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as statistics from '../src/index.ts'
import { checkExample, parseExample } from './examples.ts'
import { page, pageFileOf } from './page.ts'
import { readDocs } from './read-docs.ts'

const entries = readDocs()
const examples = entries.flatMap((entry) =>
  entry.examples.map((text) => ({ name: entry.name, text })),
)

describe('docstrings', () => {
  it('name everything that the package exports', () => {
    const named = entries.filter((entry) => entry.kind !== 'type').map((entry) => entry.name)
    expect(named.sort()).toEqual(Object.keys(statistics).sort())
  })

  it.each(entries.filter((entry) => entry.kind === 'function'))(
    '$name says what it does, with an example',
    (entry) => {
      expect(entry.text).not.toBe('')
      expect(entry.examples).not.toEqual([])
    },
  )

  it.each(examples)('$name: the example is true', ({ text }) => {
    expect(checkExample(parseExample(text), statistics)).toBeUndefined()
  })

  it('are what docs/statistics.md shows (else run: node packages/statistics/docs/generate.ts)', () => {
    expect(readFileSync(pageFileOf('statistics'), 'utf8')).toBe(page('statistics', entries))
  })
})

describe('README.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const blocks = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), (match) => match[1] as string)

  it.each(blocks)('shows what is true: %s', (block) => {
    const code = block.replace(/^import .*\n+/gm, '')
    let constants = ''
    let count = 0
    for (const [, before, expected] of code.matchAll(/([\s\S]*?)\/\/ (.*)\n/g)) {
      const [, declared, value] = /^((?:\s*const .*\n)*)([\s\S]*)$/.exec(before as string) ?? []
      constants += declared
      const run = `(() => { ${constants}; return ${value} })()`
      expect(checkExample({ code: run, expected: expected as string }, statistics)).toBeUndefined()
      count += 1
    }
    expect(count).toBeGreaterThan(1)
  })
})

describe('the check of examples', () => {
  const check = (text: string) => checkExample(parseExample(text), { half: (x: number) => x / 2 })

  it('finds a value that is not true', () => {
    expect(check('half(3) // 1.5')).toBeUndefined()
    expect(check('half(3) // 1.4')).toContain('gives 1.5')
    expect(check('half(1.2345) // 0.61…')).toBeUndefined()
    expect(check('half(1.2345) // 0.62…')).toBeDefined()
    expect(check('half(-1.2345) // -0.61…')).toBeUndefined()
    expect(check('({ a: [half(1)] }) // { a: [0.5] }')).toBeUndefined()
    expect(check('({ a: 1 }) // { a: 1, b: 2 }')).toBeDefined()
    expect(() => check('half(3)')).toThrow(/says no value/)
  })
})
