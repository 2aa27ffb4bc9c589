import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkExample, parseExample } from '../../statistics/docs/examples.ts'
import { page, pageFileOf } from '../../statistics/docs/page.ts'
import { readDocs } from '../../statistics/docs/read-docs.ts'
import * as clocks from '../src/index.ts'

const entries = readDocs('clocks')
const examples = entries.flatMap((entry) =>
  entry.examples.map((text) => ({ name: entry.name, text })),
)

describe('docstrings', () => {
  it('name everything that the package exports', () => {
    const named = entries.filter((entry) => entry.kind !== 'type').map((entry) => entry.name)
    expect(named.sort()).toEqual(Object.keys(clocks).sort())
  })

  it.each(entries.filter((entry) => entry.kind === 'function'))(
    '$name says what it does, with an example',
    (entry) => {
      expect(entry.text).not.toBe('')
      expect(entry.examples).not.toEqual([])
    },
  )

  it.each(examples)('$name: the example is true', ({ text }) => {
    expect(checkExample(parseExample(text), clocks)).toBeUndefined()
  })

  it('are what docs/clocks.md shows (else run: npm run docs -w packages/clocks)', () => {
    expect(readFileSync(pageFileOf('clocks'), 'utf8')).toBe(page('clocks', entries))
  })
})

describe('README.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const code = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), (match) => match[1] as string)
    .join('\n')
    .replace(/^import [\s\S]*?from .*\n+/gm, '')

  it('shows what is true', () => {
    let before = ''
    let count = 0
    for (const [, statements, expected] of code.matchAll(/([\s\S]*?)\/\/ (.*)\n/g)) {
      const parts = (statements as string).trim().split(/\n(?=[\w(])/)
      const last = parts.pop() as string
      before += `${parts.join('\n')}\n`
      const run = `(() => { ${before}\n return ${last} })()`
      expect(checkExample({ code: run, expected: expected as string }, clocks)).toBeUndefined()
      count += 1
    }
    expect(count).toBeGreaterThan(5)
  })
})
