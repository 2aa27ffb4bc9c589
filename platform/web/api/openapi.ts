import { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { appointmentsOperation, appointmentsPath } from './appointments-document.ts'
import { base } from './base.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { pushesOperation, pushOperation, pushPath } from './push-document.ts'
import { refusal } from './refusal-schema.ts'
import { releases } from './resources/releases.ts'
import type { Sample } from './sample.ts'

export { base }

/** What may be listed once and then no more. */
const canEnd = new Set(['getProvider', 'getPlace'])

const codeParameter = z.string().max(200)

/** The parameters of an example's address, by name. */
function exampleOf(operation: Operation, sample: Sample | null): Readonly<Record<string, string>> {
  if (sample === null) return {}
  const [path = '', search = ''] = operation.example(sample).split('?')
  const code = operation.path.endsWith('{code}') ? path.split('/').at(-1) : undefined
  return {
    ...Object.fromEntries(new URLSearchParams(search)),
    ...(code === undefined ? {} : { code: decodeURIComponent(code) }),
  }
}

function withExamples(query: z.ZodObject, examples: Readonly<Record<string, string>>) {
  return z.object(
    Object.fromEntries(
      Object.entries(query.shape).map(([name, schema]) => {
        const example = examples[name]
        if (example === undefined) return [name, schema]
        const given = name === 'limit' ? Number(example) : example
        const known = z.globalRegistry.get(schema) ?? {}
        return [name, (schema as z.ZodType).meta({ ...known, param: { example: given } })]
      }),
    ),
  )
}

function pathOf(operation: Operation, sample: Sample | null): ZodOpenApiPathsObject[string] {
  const examples = exampleOf(operation, sample)
  const hasCode = operation.path.includes('{code}')
  return {
    get: {
      operationId: operation.id,
      tags: [operation.topic],
      summary: operation.summary,
      description: operation.description,
      requestParams: {
        query: withExamples(operation.query, examples),
        ...(hasCode
          ? {
              path: z.object({
                code: codeParameter.meta({
                  description: 'Its code.',
                  ...(examples.code === undefined ? {} : { param: { example: examples.code } }),
                }),
              }),
            }
          : {}),
      },
      responses: {
        200: {
          description: operation.summary,
          content: { 'application/json': { schema: operation.answer } },
        },
        304: { description: 'The answer that you have is still the answer.' },
        400: refusal('A parameter is not known or cannot be read.'),
        ...(hasCode ? { 404: refusal('There is nothing of this code.') } : {}),
        ...(canEnd.has(operation.id)
          ? { 410: refusal('It was listed once and is no more; the detail says how to see it.') }
          : {}),
        429: refusal('Too many requests: wait as long as `retry-after` says.'),
      },
    },
  }
}

/**
 * What the API is, for machines: OpenAPI 3.1, from the schemas that parse its requests and describe its
 * answers. The examples answer with something on the server that gives them.
 * @param sample null for a document without examples, the same whatever is published.
 */
export function openapi(sample: Sample | null) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Plumbline',
      version: '1',
      description:
        'Everything that Plumbline’s pages show, as data. Anyone may read it, without a key; publishers send figures with a token. Hidden values are null, with their status. Every answer says of which state it speaks, and `as-of` asks for any past one.',
    },
    servers: [{ url: base }],
    // Reading takes no key; what does says so itself.
    security: [],
    paths: {
      ...Object.fromEntries(operations.map((o) => [o.path, pathOf(o, sample)])),
      [releases.path]: { ...pathOf(releases, sample), post: pushOperation },
      [pushPath]: { get: pushesOperation },
      [appointmentsPath]: { post: appointmentsOperation },
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'Made by the operator: `plumbline tokens make NAME --descriptor ID`, or `--appointments CODE`.',
        },
      },
    },
  })
}
