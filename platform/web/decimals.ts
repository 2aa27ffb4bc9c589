import { remembered } from '../comparison/remembered.ts'

const formats = remembered(
  20,
  (decimals: number) =>
    new Intl.NumberFormat('en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
)

const tens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

/** Below this, a number times a power of ten has a decimal place left that can be trusted. */
const most = 1e10

/** Nearer to the middle between two numbers than this, only the exact decimals say which of them it is. */
const middle = 0.5 - 1e-4

/**
 * A number with its thousands apart and so many decimals, as `Intl.NumberFormat` sets it in British English, but
 * that nothing is "-0". A page has a thousand of them: this takes a fifth of the time, and Intl sets those that lie
 * in the middle between two, or are very large.
 * @param decimals 0 or more.
 * @example decimal(1234.5, 2) // '1,234.50'
 */
export function decimal(value: number, decimals: number): string {
  const ten = tens[decimals]
  if (ten === undefined) return byIntl(value, decimals)
  const scaled = Math.abs(value) * ten
  const rounded = Math.round(scaled)
  if (!(scaled < most) || Math.abs(scaled - rounded) > middle) return byIntl(value, decimals)
  const whole = Math.floor(rounded / ten)
  const sign = value < 0 && rounded > 0 ? '-' : ''
  if (decimals === 0) return sign + grouped(whole)
  const rest = String(rounded - whole * ten)
  return `${sign}${grouped(whole)}.${rest.padStart(decimals, '0')}`
}

const grouped = (whole: number): string =>
  whole < 1000 ? String(whole) : String(whole).replace(/\B(?=(\d{3})+$)/g, ',')

function byIntl(value: number, decimals: number): string {
  const text = formats(decimals).format(value)
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text
}
