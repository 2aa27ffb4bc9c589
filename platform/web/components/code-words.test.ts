import { expect, it } from 'vitest'
import { codeWords } from './code-words.ts'
import { dataTable } from './data-table.ts'

it('sets what stands between backticks as code, and escapes all of it', () => {
  expect(codeWords('go on at `links.next`, or `<b>` & `')).toBe(
    'go on at <code>links.next</code>, or <code>&lt;b&gt;</code> &amp; `',
  )
})

it('sets the words of a cell so', () => {
  const html = dataTable('Members', ['Member', 'What it is'], [['group', { said: 'As `a=b`.' }]])
  expect(html).toContain('As <code>a=b</code>.')
})
