import { describe, expect, it } from 'vitest'
import { sitemap } from './sitemap.ts'

const state = {
  publication: 7,
  at: '2026-01-02T03:04:05.678Z',
  invented: false,
  answers: 0,
  record: 0,
  checkpoint: 0,
  erased: 0,
}

describe('the site map', () => {
  const home = 'https://open.example.org'
  const paths = Array.from({ length: 25 }, (_, i) => `/places/P${i}&`)

  it('is one file while it may be', () => {
    const all = sitemap(paths, { home, state, part: null, most: 25 }) ?? ''
    expect(all.match(/<url>/g)).toHaveLength(25)
    expect(all).toContain('<loc>https://open.example.org/places/P0&amp;</loc>')
    expect(sitemap(paths, { home, state, part: 1, most: 25 })).toBeNull()
  })

  it('is split where it must be: its parts hold every address once', () => {
    const index = sitemap(paths, { home, state, part: null, most: 10 }) ?? ''
    expect(index.match(/<loc>[^<]*<\/loc>/g)).toEqual(
      [1, 2, 3].map((n) => `<loc>${home}/sitemap-${n}.xml</loc>`),
    )
    const parts = [1, 2, 3].map((part) => sitemap(paths, { home, state, part, most: 10 }) ?? '')
    expect(parts.flatMap((p) => p.match(/<url>/g) ?? [])).toHaveLength(25)
    expect(sitemap(paths, { home, state, part: 4, most: 10 })).toBeNull()
    expect(sitemap(paths, { home, state, part: 0, most: 10 })).toBeNull()
  })
})
