/**
 * A day as a number: days since 1 January 1970, negative before. Days have no hours and no time zone; see
 * {@link dayOfInstant} for how an instant becomes one.
 */
export type Day = number

/**
 * The number of a day that is written as 2024-05-06 (ISO 8601); undefined where no calendar has such a day.
 * @example dayNumber('2024-05-06') // 19849
 */
export function dayNumber(text: string): Day | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  const day = dayOf(Number(year), Number(month), Number(date))
  return isoDay(day) === text ? day : undefined
}

/**
 * A day as ISO 8601 writes it, for the years 0 to 9999.
 * @example isoDay(19849) // '2024-05-06'
 */
export function isoDay(day: Day): string {
  const { year, month, date } = partsOf(day)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

/** A year, a month from 1 to 12 and a day of the month from 1. */
export interface DayParts {
  readonly year: number
  readonly month: number
  readonly date: number
}

/** Year, month and day of the month (Hinnant's civil_from_days, for the years from 0 on). */
export function partsOf(day: Day): DayParts {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  }
}

/** The day of a year, month and day of the month; a date past the month's end runs into the next. */
export function dayOf(year: number, month: number, date: number): Day {
  const fromMarchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(fromMarchYear / 400)
  const yearOfEra = fromMarchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7
