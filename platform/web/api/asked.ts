import { z } from 'zod'
import { Refused, unknownParameter, unknownValue } from './problem.ts'
import { takes } from './takes.ts'

/** What a request asks, as it came. */
export type Raw = Readonly<Record<string, unknown>>

export function pick(raw: Raw, schema: z.ZodObject): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => name in schema.shape))
}

export function only(row: Raw, fields: readonly string[]): Raw {
  return Object.fromEntries(fields.map((name) => [name, row[name]]))
}

/** The members asked for, in the order of the answer; null for all. */
export function chosen(
  asked: string | undefined,
  names: readonly string[],
): readonly string[] | null {
  if (asked === undefined) return null
  const wanted = asked
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const name of wanted) if (!names.includes(name)) throw unknownValue('fields', name, names)
  return wanted.length === 0 ? null : names.filter((name) => wanted.includes(name))
}

/** @throws Refused for a parameter that nobody knows, naming the one that is nearest. */
export function refuseUnknown(raw: Raw, query: z.ZodObject): void {
  const known = Object.keys(query.shape)
  for (const sent of Object.keys(raw))
    if (!known.includes(sent)) throw unknownParameter(sent, known)
}

/** @throws Refused, naming the parameter, what was sent, what is allowed and what is nearest to it. */
export function parse<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  raw: Raw,
): z.output<z.ZodObject<S>> {
  const found = schema.safeParse(raw)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  const parameter = String(issue?.path[0] ?? '')
  const sent = raw[parameter]
  if (sent === undefined) {
    const detail = `The parameter “${parameter}” is missing.`
    throw new Refused('unreadable-value', 400, detail, { parameter })
  }
  if (Array.isArray(sent)) {
    const detail = `The parameter “${parameter}” is sent more than once: send it once.`
    throw unreadable(
      parameter,
      sent.map(String).join(', '),
      detail,
      (near) =>
        schema.shape[parameter] instanceof z.ZodType &&
        schema.shape[parameter].safeParse(near).success,
    )
  }
  if (issue?.code === 'invalid_value') {
    throw unknownValue(parameter, String(sent), issue.values.map(String))
  }
  const detail = `The parameter “${parameter}” ${issue?.message}.`
  throw unreadable(parameter, String(sent), detail)
}

/** A refusal of a value that cannot be read, with what is allowed and the value that is nearest to it. */
function unreadable(
  parameter: string,
  sent: string,
  detail: string,
  fits: (value: string) => boolean = () => true,
): Refused {
  const { allowed, nearest: find } = takes(parameter)
  const near = find(sent)
  return new Refused('unreadable-value', 400, detail, {
    parameter,
    sent: sent.slice(0, 200),
    ...(allowed === null ? {} : { allowed: [allowed] }),
    ...(near === undefined || !fits(near) ? {} : { nearest: near }),
  })
}
