import { z } from 'zod'

/** As much of a JSON schema as it takes to say what a member is. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

const plain: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  null: 'null',
}

/** "a, b or c" */
const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((w) => w !== '').join(' or ')

/** What a value may be: the words of its types, or the values themselves where they are few. */
function kinds(schema: Schema): readonly string[] {
  if (Array.isArray(schema.type)) return schema.type.flatMap((type) => kinds({ ...schema, type }))
  if (schema.anyOf) return [...new Set(schema.anyOf.flatMap(kinds))]
  if (schema.const !== undefined) return [shown(schema.const)]
  if (schema.enum) return schema.enum.map(shown)
  if (schema.type === 'array') {
    const of = kinds(schema.items ?? {})
    return [of.length === 1 && of[0] === 'object' ? 'list of objects' : `list of ${either(of)}`]
  }
  if (schema.type !== 'object') return [plain[String(schema.type)] ?? 'any']
  const others = schema.additionalProperties
  if (typeof others !== 'object') return ['object']
  const of = kinds(others)
  return [of[0] === 'object' ? 'object of objects' : `object of ${either(of)}`]
}

const shown = (value: unknown): string => (value === '' ? 'empty' : String(value))

/** The rows of the members of an object, each followed by those within it. */
function rows(schema: Schema, before: string): string[][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    [`${before}${name}`, either(kinds(member)), member.description ?? ''],
    ...within(member, `${before}${name}`),
  ])
  return [...own, ...(schema.anyOf ?? []).flatMap((s) => rows(s, before))]
}

function within(schema: Schema, path: string): string[][] {
  const { items, additionalProperties: others, anyOf = [] } = schema
  return [
    ...(schema.properties ? rows(schema, `${path}.`) : []),
    ...(items ? within(items, `${path}[]`) : []),
    ...(typeof others === 'object' ? within(others, `${path}.*`) : []),
    ...anyOf.flatMap((s) => within(s, path)),
  ]
}

/** Every member of what an answer holds: its name, what it may be, and what it is. */
export const membersOf = (item: z.ZodObject): string[][] =>
  rows(z.toJSONSchema(item, { unrepresentable: 'any' }) as Schema, '')
