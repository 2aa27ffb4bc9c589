import { describe, expect, it } from 'vitest'
import { keepState } from './render.ts'

describe('a past state', () => {
  const kept = (html: string): string => keepState(html, '2024-12-01')
  it.each([
    ['<a href="/providers/A1">', '<a href="/providers/A1?as-of=2024-12-01">'],
    ['<a href="/">', '<a href="/?as-of=2024-12-01">'],
    [
      '<a href="/indicators/x?page=2#all">',
      '<a href="/indicators/x?page=2&amp;as-of=2024-12-01#all">',
    ],
    ['<a href="/places/P1.json">', '<a href="/places/P1.json?as-of=2024-12-01">'],
    ['<a href="/about/words#similar">', '<a href="/about/words#similar">'],
    ['<a href="/assets/x.css">', '<a href="/assets/x.css">'],
    ['<a href="#main">', '<a href="#main">'],
    ['<a href="https://example.org/providers/">', '<a href="https://example.org/providers/">'],
  ])('goes on in %s', (html, expected) => {
    expect(kept(html)).toBe(expected)
  })

  it('goes on in forms that ask', () => {
    expect(kept('<form action="/search" method="get">')).toBe(
      '<form action="/search" method="get"><input type="hidden" name="as-of" value="2024-12-01">',
    )
  })

  it('is left by the link that says so, and by one that names another moment', () => {
    expect(kept('<a href="/providers/A1?as-of=">')).toBe('<a href="/providers/A1">')
    expect(kept('<a href="/?as-of=2020-01-01">')).toBe('<a href="/?as-of=2020-01-01">')
  })
})
