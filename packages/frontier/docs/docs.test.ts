import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkExample, parseExample } from '../../statistics/docs/examples.ts'
import { page, pageFileOf } from '../../statistics/docs/page.ts'
import { readDocs } from '../../statistics/docs/read-docs.ts'
import * as frontier from '../src/index.ts'

const entries = readDocs('frontier')
const examples = entries.flatMap((entry) =>
  entry.examples.map((text) => ({ name: entry.name, text })),
)

describe('docstrings', () => {
  it('name everything that the package exports', () => {
    const named = entries.filter((entry) => entry.kind !== 'type').map((entry) => entry.name)
    expect(named.sort()).toEqual(Object.keys(frontier).sort())
  })

  it.each(entries.filter((entry) => entry.kind === 'function'))(
    '$name says what it does, with an example',
    (entry) => {
      expect(entry.text).not.toBe('')
      expect(entry.examples).not.toEqual([])
    },
  )

  it.each(examples)('$name: the example is true', ({ text }) => {
    expect(checkExample(parseExample(text), frontier)).toBeUndefined()
  })

  it('are what docs/frontier.md shows (else run: npm run docs -w packages/frontier)', () => {
    expect(readFileSync(pageFileOf('frontier'), 'utf8')).toBe(page('frontier', entries))
  })
})

describe('README.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const code = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), (match) => match[1] as string)
    .join('\n')
    .replace(/^import .*\n+/gm, '')

  it('shows what is true', () => {
    let constants = ''
    let count = 0
    for (const [, before, expected] of code.matchAll(/([\s\S]*?)\/\/ (.*)\n/g)) {
      const cut = (before as string).lastIndexOf('\n', (before as string).trimEnd().length) + 1
      constants += (before as string).slice(0, cut)
      const value = (before as string).slice(cut).trim()
      const run = `(() => { ${constants}; return ${value} })()`
      expect(checkExample({ code: run, expected: expected as string }, frontier)).toBeUndefined()
      count += 1
    }
    expect(count).toBeGreaterThan(5)
  })
})
