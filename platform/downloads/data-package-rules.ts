import { z } from 'zod'

/**
 * The profile of version 2.0 of the Data Package standard, typed in by hand after the one that it publishes
 * (`profiles/2.0/datapackage.json`), for the properties that a package here has; the npm package `datapackage` knows
 * version 1 alone. Tests alone use it.
 */
const path = z
  .string()
  .regex(/^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$/)
const text = z.string()
const licence = z
  .object({
    name: text.regex(/^[-a-zA-Z0-9._]+$/).optional(),
    path: path.optional(),
    title: text.optional(),
  })
  .refine((l) => l.name !== undefined || l.path !== undefined, 'A licence has a name or a path.')
const source = z
  .object({ title: text.optional(), path: path.optional(), email: z.email().optional() })
  .refine((s) => Object.keys(s).length > 0, 'A source says something.')

const constraints = z.object({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  enum: z.array(z.unknown()).min(1).optional(),
})
const field = z.object({
  name: text,
  type: z.enum(['string', 'number', 'integer', 'date']),
  title: text.optional(),
  description: text.optional(),
  constraints: constraints.optional(),
})
const schema = z.object({
  fields: z.array(field).min(1),
  missingValues: z.array(text).optional(),
})
const dialect = z.strictObject({
  header: z.boolean().optional(),
  delimiter: text.optional(),
  lineTerminator: text.optional(),
  quoteChar: text.optional(),
  doubleQuote: z.boolean().optional(),
})
const resource = z.object({
  name: text,
  path: z.union([path, z.array(path).min(1)]),
  type: z.literal('table').optional(),
  title: text.optional(),
  format: text.optional(),
  mediatype: text.regex(/^(.+)\/(.+)$/).optional(),
  encoding: text.optional(),
  bytes: z.int().optional(),
  hash: text.regex(/^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$/).optional(),
  dialect: dialect.optional(),
  schema: schema.optional(),
  sources: z.array(source).optional(),
  licenses: z.array(licence).min(1).optional(),
})

/** A descriptor as version 2.0 has it: one that says so, with resources whose names differ. */
export const dataPackageSchema = z.object({
  $schema: z.literal('https://datapackage.org/profiles/2.0/datapackage.json'),
  name: text.optional(),
  title: text.optional(),
  description: text.optional(),
  homepage: z.url().optional(),
  version: text.optional(),
  created: z.iso.datetime({ offset: true }).optional(),
  licenses: z.array(licence).min(1).optional(),
  sources: z.array(source).optional(),
  resources: z
    .array(resource)
    .min(1)
    .refine((all) => new Set(all.map((r) => r.name)).size === all.length, 'Two have one name.'),
})
