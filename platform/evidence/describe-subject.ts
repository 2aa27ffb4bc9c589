import { levelCode } from '../places/levels.ts'
import { readNumber } from './cells.ts'
import type { ParentPlan, SubjectPlan } from './plan.ts'
import type { Description, Subjects } from './subjects.ts'
import type { Row } from './template.ts'

const orNull = (text: string): string | null => (text === '' ? null : text)

const coordinate = (text: string): number | null => {
  const n = readNumber(text)
  return Number.isFinite(n) && n !== 0 ? n : null
}

/** NHS files shout: a name all in capitals is set as a name. */
export function calmName(text: string): string {
  if (text !== text.toUpperCase() || !/[A-Z]{4}/.test(text)) return text
  const small = new Set(['and', 'of', 'the', 'on', 'in', 'at', 'for', 'upon', 'le', 'by'])
  const kept = new Set(['NHS', 'ICB', 'PCN', 'GP', 'CCG', 'UK', 'NE', 'NW', 'SE', 'SW', 'HMP'])
  return text
    .split(/(\s+|[-(/])/)
    .map((word, i) => {
      if (kept.has(word) || /\d/.test(word) || /^([A-Z]\.)+$/.test(word)) return word
      const lower = word.toLowerCase()
      if (i > 0 && small.has(lower)) return lower
      return lower.replace(/^([^a-z]*)([a-z])/, (_, before, first) => before + first.toUpperCase())
    })
    .join('')
}

/** Registers the places that a row says its subject lies in; the nearest first. */
export function registerParents(
  plan: SubjectPlan,
  row: Row,
  subjects: Subjects,
  describe: (id: number, description: Description) => void,
): number[] {
  const parents: number[] = []
  for (const parent of plan.parents) {
    const code = parent.code(row)
    if (code === '') continue
    const found = subjects.find(parent.scheme, code) ?? asItself(parent, code, subjects)
    if (found === undefined && !parent.registers) continue
    const id = found ?? subjects.register('place', code)
    parents.push(id)
    const name = parent.name(row)
    const described = { ...placeOnly, name: calmName(name) || code, level: levelCode(parent.level) }
    if (name !== '' || found === undefined) describe(id, described)
  }
  return parents
}

/** A place that was registered by its code before anybody said which other name it has. */
function asItself(parent: ParentPlan, code: string, subjects: Subjects): number | undefined {
  return parent.registers ? subjects.find('code', code) : undefined
}

/** A place of which only a name is known, from a file about something within it. */
const placeOnly: Description = {
  name: '',
  authority: 1,
  level: null,
  service: null,
  postcode: null,
  address: null,
  town: null,
  type: null,
  status: null,
  easting: null,
  northing: null,
  parents: [],
  facts: {},
}

/** What a row says of its subject. */
export function describeSubject(
  plan: SubjectPlan,
  row: Row,
  code: string,
  service: string | null,
  parents: readonly number[],
): Description {
  const { clause } = plan
  const facts: Record<string, string> = {}
  for (const fact of plan.facts) {
    const value = fact.value(row)
    if (value !== '') facts[fact.name] = value
  }
  const lines = plan.address.map((cell) => cell(row)).filter((line) => line !== '')
  const name = plan.name(row)
  return {
    // A code known without its name says so by being the name.
    name: name === '' ? code : calmName(name),
    authority: name === '' ? 0 : clause.authority,
    level: clause.kind === 'place' ? orNull(levelCode(plan.level(row))) : null,
    service: clause.kind === 'provider' ? (clause.service ?? service) : null,
    postcode: orNull(plan.postcode(row)),
    address: orNull(lines.map((l) => calmName(l.replace(/\s+/g, ' '))).join(', ')),
    town: orNull(calmName(plan.town(row))),
    type: orNull(plan.type(row)),
    status: orNull(plan.status(row)),
    easting: coordinate(plan.easting(row)),
    northing: coordinate(plan.northing(row)),
    // A file may describe very many: those without facts and parents share the one empty each.
    parents: parents.length === 0 ? placeOnly.parents : parents,
    facts: plan.facts.length === 0 ? placeOnly.facts : facts,
  }
}
