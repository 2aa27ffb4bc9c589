import type { Descriptor } from '../descriptor.ts'
import { normalisePeriod } from '../period.ts'
import type { Decide, Found } from './found.ts'
import { periodInName } from './roles.ts'

/** How such files are called, and where their period stands: in a column, in the name, nowhere. */
export function nameAndPeriod(
  found: Found,
  decide: Decide,
): { stem: string; pattern: string; period: Descriptor['period'] } {
  const file = found.file.replace(/\.gz$/, '')
  const base = file.replace(/\.[a-z]+$/i, '')
  const told = periodInName(base)
  const stem = (told ? base.replace(told.pattern, '') : base).replace(/^[-_. ]+|[-_. ]+$/g, '')
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const group = found.pattern === null ? null : namedGroup(found.pattern, found.file)
  const periodColumn = found.period === null ? undefined : found.columns[found.period.at]
  const parts = told ? base.split(told.pattern.exec(base)?.[0] ?? '') : [base]
  const useGroup = told && !periodColumn
  const pattern =
    found.pattern ??
    `^${parts.map(escaped).join(told ? (useGroup ? `(?<${told.group}>${told.text})` : told.text) : '')}`
  if (found.period && periodColumn) {
    if (found.period.doubtful === 'start') {
      decide(
        `whether a school year of "${periodColumn.name}" begins in the year that it is called by.`,
      )
    } else if (found.period.doubtful === 'kind') {
      decide(`whether "${periodColumn.name}" is a financial-year or a school-year.`)
    }
    const { kind } = found.period
    return { stem, pattern, period: { from: 'column', column: periodColumn.name, kind } }
  }
  if (group) return { stem, pattern, period: { from: 'name', ...group } }
  if (told && found.pattern === null) {
    decide(`whether the file's name tells a ${told.kind.replace('-', ' ')}.`)
    return { stem, pattern, period: { from: 'name', group: told.group, kind: told.kind } }
  }
  decide('the period: nothing in the file or its name tells it; 2000 stands in its place.')
  return { stem, pattern, period: { from: 'fixed', value: '2000', kind: 'year' } }
}

/** The first named group of a person's pattern that holds a period in this file's name. */
function namedGroup(
  pattern: string,
  file: string,
): { group: string; kind: 'day' | 'month' | 'year' | 'financial-year' } | null {
  const groups = new RegExp(pattern, 'u').exec(file)?.groups ?? {}
  for (const [group, text] of Object.entries(groups)) {
    for (const kind of ['year', 'financial-year', 'month', 'day'] as const) {
      if (normalisePeriod(text, kind) !== null) return { group, kind }
    }
  }
  return null
}
