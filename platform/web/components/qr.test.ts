import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { qrSvg } from './qr.ts'

/** What a camera sees of an SVG of ours: its squares, 6 points wide. */
function seen(svg: string) {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const scale = 6
  const width = size * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? ''
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < scale; row++) {
      const start = (Number(y) * scale + row) * width + Number(x) * scale
      for (let i = start; i < start + Number(length) * scale; i++) data.fill(0, i * 4, i * 4 + 3)
    }
  }
  return { width, height: width, data }
}

describe('a QR code', () => {
  it.each(['https://plumbline.example/surveys/BCDFGHJK', 'http://localhost:3000/surveys/346789XY'])(
    'is read as what it says: %s',
    (address) => expect(decodeQR(seen(qrSvg(address, 'a code')))).toBe(address),
  )

  it('escapes its label', () => {
    expect(qrSvg('x', '"<script>')).toContain('aria-label="&quot;&lt;script&gt;"')
  })
})
