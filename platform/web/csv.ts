/**
 * A text cell that a spreadsheet would run is defused; numbers stay numbers (RFC 4180). One that holds what divides
 * cells elsewhere, a semicolon or a tab, is quoted too.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLines(header: readonly string[], rows: readonly (string | number | null)[][]) {
  return [header, ...rows]
    .map((r) => r.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n')
}
