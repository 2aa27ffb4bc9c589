import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { FinishedPages, pack, packingOf } from './finished-pages.ts'

it.each([
  ['br, gzip', 'br'],
  ['gzip, deflate', 'gzip'],
  ['identity', null],
  [undefined, null],
] as const)('takes from "%s" the packing %s', (accepted, packing) => {
  expect(packingOf(accepted)).toBe(packing)
})

it('packs what comes out as it went in', async () => {
  const text = 'Pages, pages, pages. '.repeat(100)
  expect(brotliDecompressSync(await pack(text, 'br')).toString()).toBe(text)
  expect(gunzipSync(await pack(text, 'gzip')).toString()).toBe(text)
  expect((await pack(text, null)).toString()).toBe(text)
})

it('takes no more memory for what it packs than the bytes that come out', async () => {
  const text = 'Pages, pages, pages. '.repeat(1000)
  for (const packing of ['br', 'gzip'] as const) {
    const { buffer, length } = await pack(text, packing)
    expect(buffer.byteLength).toBe(length)
  }
})

it('keeps the pages used latest, within its bytes', () => {
  const pages = new FinishedPages(20 * 540)
  const page = (text: string) => ({ type: 'text/html', body: Buffer.from(text.repeat(20)) })
  for (let i = 0; i < 20; i++) pages.put(`page ${i}`, page('x'))
  expect(pages.get('page 0')).toBeDefined()
  pages.put('one more', page('y'))
  expect(pages.get('page 1')).toBeUndefined()
  expect(pages.get('page 0')).toBeDefined()
  pages.put('too large', page('a page as large as twenty'))
  expect(pages.get('too large')).toBeUndefined()
})

it('does not pack for who refuses it', () => {
  expect(packingOf('br;q=0, gzip;q=0')).toBeNull()
  expect(packingOf('br;q=0, gzip;q=0.5')).toBe('gzip')
})

it('counts keys too: long addresses of short pages are bounded', () => {
  const pages = new FinishedPages(100_000)
  const key = (i: number): string => `${i} ${'x'.repeat(10_000)}`
  for (let i = 0; i < 100; i++) pages.put(key(i), { type: 'text/html', body: Buffer.from('[]') })
  expect(pages.get(key(0))).toBeUndefined()
})
