import { goneProblem } from '../../gone.ts'
import type { Call, Near } from '../operation.ts'
import { nearest, Refused, unknownValue } from '../problem.ts'

/** A code as it was sent. @throws Refused where no service has it. */
export function knownService({ reader, state }: Call, code: string | undefined) {
  return known('service', code, () => reader.services(state).map((s) => s.code))
}

/** A code as it was sent. @throws Refused where no indicator has it. */
export function knownIndicator({ indicators }: Call, code: string | undefined) {
  return known('indicator', code, () => [...indicators.keys()])
}

/** A code as it was sent. @throws Refused where no place has it. */
export async function knownPlace(call: Call, code: string | undefined, parameter = 'within') {
  if (code === undefined) return undefined
  const { reader, state } = call
  if (await reader.register.isPlace(state, code)) return code
  // A small area is in no list, but it may be there.
  const page = await reader.subject(state, code)
  if (page?.kind === 'place') return code
  await unlessEnded(call, 'place', code, { parameter })
  const places = await reader.register.places(state)
  throw unknownValue(
    parameter,
    code,
    places.map((p) => p.code),
  )
}

/**
 * @returns null for one that was never listed.
 * @throws Refused with 410 where it was listed once and is no more, saying how it can still be seen.
 */
export async function unlessEnded(
  call: Call,
  kind: 'provider' | 'place',
  code: string,
  asked: { readonly parameter?: string } = {},
) {
  const ended = await call.reader.ended(call.state, code)
  if (ended?.kind !== kind) return null
  const { detail, ...more } = goneProblem(code, ended)
  throw new Refused('gone', 410, detail, { ...more, ...asked })
}

/**
 * The provider or place that was most likely meant by a code that nobody has: one whose code is a letter
 * off, else the best hit of a search for it, since some send a name.
 */
export async function nearSubject(
  { reader, state }: Pick<Call, 'reader' | 'state'>,
  kind: 'provider' | 'place',
  sent: string,
): Promise<Near | undefined> {
  const { register } = reader
  const all = kind === 'provider' ? await register.providers(state) : await register.places(state)
  // Of many codes that are alike, one that is two letters off is anybody's.
  const code = nearest(
    sent.trim(),
    all.map((r) => r.code),
    1,
  )
  const found = all.find((r) => r.code === code)
  if (found) return { code: found.code, name: found.name }
  if (sent.trim().length < 3) return undefined
  const hit = (await reader.search(state, sent, 20)).find((h) => h.kind === kind)
  return hit && { code: hit.code, name: hit.name }
}

/** @throws Refused where it is sent and not among those known. */
export function known(
  parameter: string,
  sent: string | undefined,
  all: () => readonly string[],
): string | undefined {
  if (sent === undefined) return undefined
  const codes = all()
  if (!codes.includes(sent)) throw unknownValue(parameter, sent, codes)
  return sent
}
