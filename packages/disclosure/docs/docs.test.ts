import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkExample, parseExample } from '../../statistics/docs/examples.ts'
import { page, pageFileOf } from '../../statistics/docs/page.ts'
import { readDocs } from '../../statistics/docs/read-docs.ts'
import * as disclosure from '../src/index.ts'

const entries = readDocs('disclosure')
const examples = entries.flatMap((entry) =>
  entry.examples.map((text) => ({ name: entry.name, text })),
)

/** Runs code whose last statement is a value, or the promise of one. */
async function valueOf(code: string): Promise<unknown> {
  const statements = code.split(/\n(?=[\w(])/)
  const last = statements.pop()
  const text = `return (async () => { ${statements.join('\n')}\n return ${last} })()`
  return new Function(...Object.keys(disclosure), text)(...Object.values(disclosure))
}

describe('docstrings', () => {
  it('name everything that the package exports', () => {
    const named = entries.filter((entry) => entry.kind !== 'type').map((entry) => entry.name)
    expect(named.sort()).toEqual(Object.keys(disclosure).sort())
  })

  it.each(entries.filter((entry) => entry.kind === 'function'))(
    '$name says what it does, with an example',
    (entry) => {
      expect(entry.text).not.toBe('')
      expect(entry.examples).not.toEqual([])
    },
  )

  it.each(examples)('$name: the example is true', async ({ text }) => {
    const { code, expected } = parseExample(text)
    const value = await valueOf(code)
    expect(checkExample({ code: 'value', expected }, { value })).toBeUndefined()
  })

  it('are what docs/disclosure.md shows (else run: npm run docs -w packages/disclosure)', () => {
    expect(readFileSync(pageFileOf('disclosure'), 'utf8')).toBe(page('disclosure', entries))
  })
})

describe('README.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const code = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), (match) => match[1] as string)
    .join('\n')
    .replace(/^import [\s\S]*?from .*\n+/gm, '')

  it('shows what is true', async () => {
    let before = ''
    let count = 0
    for (const [, statements, expected] of code.matchAll(/([\s\S]*?)\/\/ (.*)\n/g)) {
      const parts = (statements as string).trim().split(/\n(?=[\w(])/)
      const last = parts.pop() as string
      before += `${parts.join('\n')}\n`
      const value = await valueOf(`${before}${last}`)
      expect(
        checkExample({ code: 'value', expected: expected as string }, { value }),
      ).toBeUndefined()
      count += 1
    }
    expect(count).toBeGreaterThan(5)
  })
})
