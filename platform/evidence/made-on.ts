const yearMs = 365.25 * 86_400_000

/**
 * The moment of a day or year as sources write it: "02-05-2019", "2/5/2019", "2019-05-02", or "2016",
 * of which its middle is taken. NaN where a text is none of these.
 */
export function madeOn(text: string): number {
  const written = text.trim()
  if (/^\d{4}$/.test(written)) return Date.parse(`${written}-07-02`)
  const day = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(written)
  const iso = day
    ? `${day[3]}-${(day[2] ?? '').padStart(2, '0')}-${(day[1] ?? '').padStart(2, '0')}`
    : written
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(iso) : Number.NaN
}

/**
 * How many years old a value is on a day, from 0 up; NaN where nobody says when it was made.
 * @example yearsOld('2016', '2024-12-31') // 8.5
 */
export const yearsOld = (made: string, on: string): number =>
  Math.max(0, (Date.parse(on) - madeOn(made)) / yearMs)
