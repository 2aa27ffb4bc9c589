import { z } from 'zod'
import { pushStates } from '../../../pushes/result.ts'
import { answers } from '../../../surveys/seen.ts'
import { appointmentsPath } from '../../api/appointments-document.ts'
import { appointment } from '../../api/appointments-schema.ts'
import { base } from '../../api/openapi.ts'
import type { Operation } from '../../api/operation.ts'
import { operations } from '../../api/operations.ts'
import { type ProblemKind, problemKinds } from '../../api/problem.ts'
import { pushPath } from '../../api/push-document.ts'
import { keyHeader, pushQuery } from '../../api/push-schema.ts'
import { type Sample, sampleOf } from '../../api/sample.ts'
import type { Page, PageContext } from '../context.ts'
import { membersOf } from './members.ts'
import { whatToDo } from './what-to-do.ts'

interface Parameter {
  readonly id: string
  readonly name: string
  readonly about: string
  /** What may be sent, where that is few. */
  readonly allowed: readonly string[] | null
  readonly value: string
}

const schemaShape = z.object({
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
})

/** What a parameter is, from the schema that parses it. */
function parameterOf(
  operation: Operation,
  name: string,
  examples: ReadonlyMap<string, string>,
): Parameter {
  const schema = operation.query.shape[name] as z.ZodType
  const json = schemaShape.parse(z.toJSONSchema(schema, { io: 'input' }))
  return {
    id: `${operation.id}-${name}`,
    name,
    about: json.description ?? '',
    allowed: json.enum ?? null,
    value: examples.get(name) ?? '',
  }
}

function operationLine(operation: Operation, sample: Sample) {
  const example = operation.example(sample)
  const [path = '', search = ''] = example.split('?')
  const examples = new Map(new URLSearchParams(search))
  const code = decodeURIComponent(path.split('/').at(-1) ?? '')
  const own = Object.keys(operation.query.shape)
  return {
    id: operation.id,
    path: `${base}${operation.path}`,
    summary: operation.summary,
    description: operation.description,
    example: `${base}${example}`,
    form: `/api/try/${operation.id}`,
    parameters: [
      ...(operation.path.includes('{code}')
        ? [
            {
              id: `${operation.id}-code`,
              name: 'code',
              about: 'Its code.',
              allowed: null,
              value: code,
            },
          ]
        : []),
      ...own.map((name) => parameterOf(operation, name, examples)),
    ],
    everyone: own.includes('group') ? { isAsked: examples.get('group') === '' } : null,
    members: membersOf(operation.item).map(([name = '', type = '', about = '']) => [
      name,
      type,
      { said: about },
    ]),
  }
}

/** What a publisher needs who sends figures. */
function pushLines() {
  const about = (schema: z.ZodType): string =>
    schemaShape.parse(z.toJSONSchema(schema, { io: 'input' })).description ?? ''
  return {
    path: `${base}/releases`,
    asked: `${base}${pushPath}`.replace('{code}', 'ID'),
    parameters: [
      ...Object.entries(pushQuery.shape).map(([name, schema]) => [name, about(schema)]),
      ['idempotency-key (a header)', about(keyHeader)],
    ].map(([name = '', text = '']) => [{ text: name }, { said: text }]),
    states: Object.entries(pushStates).map(([name, text]) => [{ text: name }, { text }]),
  }
}

/** What a booking system needs that reports who was seen. */
const appointmentLines = () => ({
  path: `${base}${appointmentsPath}`,
  members: Object.entries(appointment.shape).map(([name, schema]) => {
    const shape = z.toJSONSchema(schema, { io: 'input' })
    return [{ text: name }, { text: schemaShape.parse(shape).description ?? '' }]
  }),
  answers: Object.entries(answers).map(([name, text]) => [{ text: name }, { text }]),
})

/** What can be wrong, and what to do about it. */
const problems = () =>
  (Object.keys(problemKinds) as ProblemKind[]).map((id) => ({
    id,
    text: problemKinds[id],
    help: whatToDo[id],
  }))

/** What a developer needs to build on Plumbline: every operation in words, with a form to try it. */
export async function apiPage({ reader, state }: PageContext): Promise<Page> {
  const sample = await sampleOf(reader, state)
  const lines = operations.map((o) => operationLine(o, sample))
  return {
    view: 'pages/api/api',
    data: {
      openapi: `${base}/openapi.json`,
      operations: lines.map(({ id, path, summary, example }) => ({ id, path, summary, example })),
      push: { method: 'POST', path: `${base}/releases` },
    },
    values: {
      title: 'All of it as data: the API',
      base,
      sample: { indicator: sample.indicator, period: sample.period },
      operations: lines,
      push: pushLines(),
      appointments: appointmentLines(),
      problems: problems(),
      crumbs: [{ text: 'About', href: '/about' }],
    },
  }
}
