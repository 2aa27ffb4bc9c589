import { expect, it } from 'vitest'
import { z } from 'zod'
import { openapi } from './openapi.ts'

/** As much of a JSON schema as it takes to find its members. */
const schemaShape = z.looseObject({
  description: z.string().optional(),
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
})

/** Members without a word of what they are, however deep. */
function undescribed(schema: unknown, path: string): string[] {
  const known = schemaShape.safeParse(schema)
  if (!known.success) return []
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [] } = known.data
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const { description, $ref } = schemaShape.parse(member)
    const here = `${path}.${name}`
    return [
      ...(description === undefined && $ref === undefined ? [here] : []),
      ...undescribed(member, here),
    ]
  })
  const inner = [items, additionalProperties, ...anyOf, ...oneOf]
  return [...own, ...inner.flatMap((s) => undescribed(s, `${path}[]`))]
}

const document = openapi(null)
const contentShape = z.record(z.string(), z.object({ schema: z.unknown() }))
const operationShape = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), description: z.string().optional() }))
    .optional(),
  requestBody: z.looseObject({ content: contentShape.optional() }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contentShape.optional() })),
  security: z.unknown().optional(),
})
const operations = Object.entries(document.paths ?? {}).flatMap(([path, at]) =>
  Object.entries(at).map(([method, operation]) => ({
    name: `${method} ${path}`,
    ...operationShape.parse(operation),
  })),
)

it('says of every member of every answer, and of what is sent, what it is', () => {
  const schemas = operations.flatMap(({ name, requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((part) =>
      Object.values(part?.content ?? {}).map(({ schema }) => ({ name, schema })),
    ),
  )
  const missing = [
    ...schemas.flatMap(({ name, schema }) => undescribed(schema, name)),
    ...Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      undescribed(schema, name),
    ),
  ]
  expect(operations.length).toBeGreaterThan(20)
  expect([...new Set(missing)]).toEqual([])
})

it('says of every parameter what it is', () => {
  const missing = operations.flatMap(({ name, parameters = [] }) =>
    parameters.filter((p) => !p.description).map((p) => `${name}: ${p.name}`),
  )
  expect(missing).toEqual([])
})

it('says that reading takes no key, and sending does', () => {
  expect(document.security).toEqual([])
  const sending = operations.filter((o) => o.name.startsWith('post '))
  expect(sending.map((o) => o.security)).toEqual(sending.map(() => [{ token: [] }]))
})
