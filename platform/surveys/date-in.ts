import type { Language } from './question.ts'

const months = [
  ...['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin'],
  ...['Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'],
]
const englishDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A day in the language of whoever answers: "24 Tachwedd 2026". */
export function dateIn(language: Language, iso: string): string {
  const day = new Date(`${iso}T00:00:00Z`)
  if (language === 'en') return englishDate.format(day)
  return `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}
