/** What a camera sees of a QR code of ours: an SVG's squares, each some points wide. */
export function seenQr(svg: string): { width: number; height: number; data: Uint8Array } {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const scale = 6
  const width = size * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  const path = /<path d="(M[^"]+z)"/.exec(svg)?.[1] ?? ''
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < scale; row++) {
      const start = (Number(y) * scale + row) * width + Number(x) * scale
      for (let i = start; i < start + Number(length) * scale; i++) data.fill(0, i * 4, i * 4 + 3)
    }
  }
  return { width, height: width, data }
}
