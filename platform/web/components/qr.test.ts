import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { qrSvg } from './qr.ts'
import { seenQr } from './testing-qr.ts'

describe('a QR code', () => {
  it.each(['https://plumbline.example/surveys/BCDFGHJK', 'http://localhost:3000/surveys/346789XY'])(
    'is read as what it says: %s',
    (address) => expect(decodeQR(seenQr(qrSvg(address, 'a code')))).toBe(address),
  )

  it('escapes its label', () => {
    expect(qrSvg('x', '"<script>')).toContain('aria-label="&quot;&lt;script&gt;"')
  })
})
