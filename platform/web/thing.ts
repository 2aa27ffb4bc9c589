import type { Reader, State } from '../comparison/reader.ts'
import type { Thing } from '../people/rules.ts'

/**
 * What a code stands for, as far as a role's reach depends on it: a provider with its service and all places
 * that it lies in, a place, or a service. Null where nothing has the code.
 */
export async function thingOf(reader: Reader, state: State, code: string): Promise<Thing | null> {
  const subject = await reader.subject(state, code)
  if (subject !== null) {
    const places = subject.parents.map((p) => p.code)
    const name = `${subject.name} (${subject.code})`
    if (subject.kind === 'place') return { name, places: [subject.code, ...places] }
    const service = subject.service === null ? {} : { service: subject.service }
    return { name, provider: subject.code, places, ...service }
  }
  const service = reader.service(code)
  return service && { name: `${service.name} (${code})`, service: code }
}
