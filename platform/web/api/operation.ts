import { z } from 'zod'
import type { Reader, State } from '../../comparison/reader.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { query as pageQuery, text } from '../query.ts'
import { chosen, only, parse, pick, type Raw, refuseUnknown } from './asked.ts'
import { type Cursors, questionOf, start } from './cursor.ts'
import { endedSchema, notListed } from './ended.ts'
import type { Found, Sort, Wanted } from './list.ts'
import { nearest, Refused } from './problem.ts'
import type { Sample } from './sample.ts'
import { mostRows } from './takes.ts'

/** What an operation works with. */
export interface Call {
  readonly reader: Reader
  readonly state: State
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly cursors: Cursors
}

/** Which state an answer speaks of. */
const stateSchema = z
  .strictObject({
    publication: z.int().meta({ description: 'The number of the last publication that counts.' }),
    publishedAt: z
      .string()
      .nullable()
      .meta({ description: 'When it was published; null while nothing is.' }),
    invented: z.boolean().meta({ description: 'It holds invented figures: the example area’s.' }),
  })
  .describe('The publication that it answers from.')

const selfLink = z.string().describe('The address of this answer.')

const emptiedWords =
  'Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through.'

export const emptiedSchema = z.strictObject({
  parameter: z.string().describe('The filter that left nothing.'),
  sent: z.string().describe('What was sent in it.'),
  before: z.int().describe('How many rows were left before it.'),
  detail: z.string().describe('The same, in words.'),
})

/** What every list takes. */
export const listParameters = {
  // Digits alone: what JavaScript would take for a number besides (0x10, 1e2, nothing) is a mistake.
  limit: z
    .string()
    .regex(/^-?\d+$/, 'is no whole number such as 100')
    .transform(Number)
    .pipe(z.number().min(1, 'is below 1').max(mostRows, 'is above 1,000'))
    .default(100)
    .meta({
      description: 'How many at a time, 1 to 1,000. Default: 100.',
      override: ({ jsonSchema }) => {
        const { description } = jsonSchema
        for (const name of Object.keys(jsonSchema)) delete jsonSchema[name as 'type']
        const whole = { type: 'integer', minimum: 1, maximum: mostRows, default: 100 } as const
        Object.assign(jsonSchema, whole, { description })
      },
    }),
  cursor: z.string().max(400, 'is longer than 400 characters').optional().meta({
    description:
      'Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile.',
  }),
  fields: text.optional().meta({
    description: 'Names of the members that are wanted, with commas between. Default: all.',
  }),
}

/** What every operation takes. */
export const asOfParameter = {
  'as-of': pageQuery.shape['as-of'].meta({
    description:
      'A date such as 2026-11-24, or a moment: answers as they stood then. Default: now.',
  }),
}

/** Codes in a filter, with commas between, at most 100. */
export const codeList = (description: string) => pageQuery.shape.providers.meta({ description })

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
  description: string,
) => z.enum(values).optional().meta({ description })

export const word = (description: string) => text.optional().meta({ description })

export type Item = z.ZodObject

/** One operation of the API as the server, the document and the tests know it. */
export interface Operation {
  /** In camel case: the name of the client's function. */
  readonly id: string
  /** From `/api/v1` on, with `{code}` for what stands in the address. */
  readonly path: string
  readonly topic: string
  readonly summary: string
  readonly description: string
  readonly query: z.ZodObject
  readonly item: Item
  readonly isList: boolean
  /** What the whole answer is. */
  readonly answer: z.ZodObject
  /** An address that answers with something, made from what is published. */
  example(sample: Sample): string
  run(call: Call, params: { readonly code: string }, raw: Raw, path: string): Promise<unknown>
}

interface About {
  readonly id: string
  readonly path: string
  readonly topic: string
  readonly summary: string
  readonly description: string
  readonly example: (sample: Sample) => string
}

/** What a list is asked beside its own filters. */
export interface ListAsked<Row> extends Wanted {
  readonly sort: (Sort<Row> & { readonly name: string }) | undefined
}

/** A list: filtered, sorted, a part at a time. */
export function list<Q extends z.ZodRawShape, I extends z.ZodRawShape>(
  operation: About & {
    readonly filters: Q
    readonly item: z.ZodObject<I>
    /** By what it can be sorted, beside the order in which it comes (by code, unless said otherwise). */
    readonly sorts?: Readonly<
      Record<string, (row: z.output<z.ZodObject<I>>) => string | number | null>
    >
    readonly find: (
      call: Call,
      query: z.output<z.ZodObject<Q>>,
      asked: ListAsked<z.output<z.ZodObject<I>>>,
    ) => Promise<Found<z.output<z.ZodObject<I>>>>
  },
): Operation {
  const { filters, item, sorts = {}, find, ...about } = operation
  const own = z.object(filters)
  const sortNames = Object.keys(sorts).flatMap((name) => [name, `-${name}`])
  const [first, ...rest] = sortNames
  const sort =
    first === undefined
      ? {}
      : {
          sort: z
            .enum([first, ...rest])
            .optional()
            .meta({ description: 'By what to sort; with a minus, from the highest down.' }),
        }
  const common = z.object({ ...listParameters, ...sort, ...asOfParameter })
  const query = z.object({ ...filters, ...common.shape })
  return {
    ...about,
    query,
    item,
    isList: true,
    answer: z.strictObject({
      data: z.array(item).describe('The rows, at most `limit` of them.'),
      meta: z
        .strictObject({
          state: stateSchema,
          total: z.int().nullable().meta({
            description:
              'How many there are in all; null where counting would cost more than reading.',
          }),
          emptied: emptiedSchema.nullable().describe(emptiedWords),
          ended: z.array(endedSchema).meta({
            description:
              'Of the providers and places that were named: those that no current release describes any more.',
          }),
          unknown: z
            .array(z.string())
            .describe(
              'Of the codes that were named: those that nobody has. See whether they are mistyped.',
            ),
        })
        .describe('Of which state the answer speaks, and how much there is.'),
      links: z
        .strictObject({
          self: selfLink,
          next: z
            .string()
            .nullable()
            .meta({ description: 'Where the list goes on; null at its end.' }),
        })
        .describe('Where to ask again, and where to go on.'),
    }),
    async run(call, _, raw, path) {
      refuseUnknown(raw, query)
      const asked = parse(common, pick(raw, common))
      const filtered = parse(own, pick(raw, own))
      const fields = chosen(asked.fields, Object.keys(item.shape))
      const question = questionOf(path, raw)
      const cursor = asked.cursor === undefined ? null : call.cursors.read(asked.cursor, question)
      const from = cursor ?? start
      const name = sortOf(raw)
      const plain = name?.replace('-', '')
      const by = plain && sorts[plain]
      const found = await find(call, filtered, {
        from,
        limit: asked.limit,
        sort: by ? { name: plain, of: by, descending: name?.startsWith('-') === true } : undefined,
      })
      // What people say comes between publications: its state is of a moment, which all parts keep to.
      const at = about.topic === 'replies' ? momentOf(cursor?.at, asked['as-of']) : call.state.at
      const next = found.next && { at, ...found.next, question }
      return {
        data: found.rows.map((row) => (fields ? only(row, fields) : row)),
        meta: {
          state: stateLine(call.state),
          total: found.total,
          emptied: found.emptied,
          ...(await notListed(call, filtered)),
        },
        links: {
          self: address(path, raw),
          next: next && address(path, { ...raw, cursor: call.cursors.write(next) }),
        },
      }
    },
  }
}

/** The moment whose state the parts of a list keep to: that of its first part. */
const momentOf = (before: string | null | undefined, asked: string | undefined): string =>
  before ?? asked ?? new Date(Date.now() + 1).toISOString()

/** What may have been meant by a code that is not known. */
export interface Near {
  readonly code: string
  readonly name?: string
}

/** One thing by its code. */
export function one<I extends z.ZodRawShape>(
  operation: About & {
    readonly item: z.ZodObject<I>
    readonly find: (call: Call, code: string) => Promise<z.output<z.ZodObject<I>> | null>
    /** Codes that are known, where they are few: the nearest is named to who mistypes one. */
    readonly known?: (call: Call) => Promise<readonly string[]>
    /** Where they are many: the one that is most like what was typed. */
    readonly near?: (call: Call, code: string) => Promise<Near | undefined>
  },
): Operation {
  const { item, find, known, near: search, ...about } = operation
  const query = z.object({ fields: listParameters.fields, ...asOfParameter })
  return {
    ...about,
    query,
    item,
    isList: false,
    answer: z.strictObject({
      data: item.describe('What was asked for.'),
      meta: z.strictObject({ state: stateSchema }).describe('Of which state the answer speaks.'),
      links: z.strictObject({ self: selfLink }).describe('Where to ask again.'),
    }),
    async run(call, { code }, raw, path) {
      refuseUnknown(raw, query)
      const asked = parse(query, raw)
      const fields = chosen(asked.fields as string | undefined, Object.keys(item.shape))
      const found = await find(call, code)
      if (found === null) {
        const close = known && nearest(code, await known(call))
        const near = close === undefined ? await search?.(call, code) : { code: close }
        const named = near?.name === undefined ? '' : ` (${near.name})`
        const instead = near === undefined ? '' : ` Did you mean “${near.code}”${named}?`
        throw new Refused('nothing-here', 404, `“${code}” is not known.${instead}`, {
          sent: code,
          ...(near === undefined ? {} : { nearest: near.code }),
        })
      }
      return {
        data: fields ? only(found, fields) : found,
        meta: { state: stateLine(call.state) },
        links: { self: address(path, raw) },
      }
    },
  }
}

const stateLine = (state: State) => ({
  publication: state.publication,
  publishedAt: state.at,
  invented: state.invented,
})

const sortOf = (raw: Raw): string | undefined =>
  typeof raw.sort === 'string' ? raw.sort : undefined

function address(path: string, asked: Raw): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) search.set(name, String(value))
  return search.size === 0 ? path : `${path}?${search}`
}
