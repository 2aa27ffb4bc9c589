import { encodeQR } from 'qr'
import { escape } from './svg.ts'

/** Light squares round it, without which a phone may not find it (ISO/IEC 18004: four). */
const border = 4

/**
 * A QR code as SVG: one path, sharp at any size, to be printed.
 * @param label what it says, for who cannot see it.
 */
export function qrSvg(text: string, label: string): string {
  // A quarter of it may be torn, dirty or in the shade.
  const rows = encodeQR(text, 'raw', { ecc: 'quartile', border })
  const path = rows
    .flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
    .join('')
  const size = rows.length
  return `<svg class="pl-qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${escape(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}

/** Where dark squares begin in a row, and how many follow. */
function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = []
  row.forEach((isDark, x) => {
    const last = runs.at(-1)
    if (!isDark) return
    if (last && last[0] + last[1] === x) last[1]++
    else runs.push([x, 1])
  })
  return runs
}
