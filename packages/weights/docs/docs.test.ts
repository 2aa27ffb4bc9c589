import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as clocks from '@plumbline/clocks'
import { describe, expect, it } from 'vitest'
import { checkExample, parseExample } from '../../statistics/docs/examples.ts'
import { page, pageFileOf } from '../../statistics/docs/page.ts'
import { readDocs } from '../../statistics/docs/read-docs.ts'
import * as weights from '../src/index.ts'

// Examples that need a rule or a calendar make it with the clocks.
const known = { ...clocks, ...weights }
const entries = readDocs('weights')
const examples = entries.flatMap((entry) =>
  entry.examples.map((text) => ({ name: entry.name, text })),
)

describe('docstrings', () => {
  it('name everything that the package exports', () => {
    const named = entries.filter((entry) => entry.kind !== 'type').map((entry) => entry.name)
    expect(named.sort()).toEqual(Object.keys(weights).sort())
  })

  it.each(entries.filter((entry) => entry.kind === 'function'))(
    '$name says what it does, with an example',
    (entry) => {
      expect(entry.text).not.toBe('')
      expect(entry.examples).not.toEqual([])
    },
  )

  it.each(examples)('$name: the example is true', ({ text }) => {
    expect(checkExample(parseExample(text), known)).toBeUndefined()
  })

  it('are what docs/weights.md shows (else run: npm run docs -w packages/weights)', () => {
    expect(readFileSync(pageFileOf('weights'), 'utf8')).toBe(page('weights', entries))
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
      expect(checkExample({ code: run, expected: expected as string }, known)).toBeUndefined()
      count += 1
    }
    expect(count).toBeGreaterThan(5)
  })
})
