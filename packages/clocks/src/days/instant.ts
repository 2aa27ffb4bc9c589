import { type Refusal, refuse } from '../refusal.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

/**
 * The day, as 2024-07-01, on which an instant falls where the service is. A story told at 00:30 on a British
 * summer night is told on the day that the wall calendar shows there, whatever zone the server runs in.
 * @param zone an IANA time zone; default `Europe/London`.
 * @example dayOfInstant(new Date('2024-06-30T23:30:00Z')) // '2024-07-01'
 */
export function dayOfInstant(instant: Date, zone = 'Europe/London'): string | Refusal {
  if (Number.isNaN(instant.getTime())) {
    return refuse('not-a-day', 'This is no moment in time; give a date and a time with its zone.')
  }
  const formatter = formatterOf(zone)
  if (formatter === undefined) {
    return refuse('unknown-time-zone', `No time zone is called ${zone}; write Europe/London.`)
  }
  const parts = new Map(formatter.formatToParts(instant).map(({ type, value }) => [type, value]))
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formatters.get(zone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(zone, made)
    return made
  } catch {
    return undefined
  }
}
