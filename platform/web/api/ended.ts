import { z } from 'zod'
import { goneProblem } from '../gone.ts'
import type { Call } from './operation.ts'

/** Who came after something that has ended. */
export const successorSchema = z.strictObject({
  code: z.string().describe('The code of the provider or place.'),
  name: z.string().describe('What it is called.'),
  page: z.string().describe('Where its page is, on the same site.'),
})

/** One that was named in a filter and is listed no more. */
export const endedSchema = z.strictObject({
  code: z.string().describe('As it was sent.'),
  detail: z
    .string()
    .describe('What became of it, and how its figures can still be seen, in words.'),
  successors: z
    .array(successorSchema)
    .meta({ description: 'Who came after it, where its source says so.' }),
})

const codesSchema = z.union([z.string().transform((code) => [code]), z.array(z.string())])

/** Of the providers and places that a list was asked for by name: those of which it holds nothing, and why. */
interface NotListed {
  readonly ended: z.output<typeof endedSchema>[]
  /** Codes that nobody has, nor ever had: most likely mistyped. */
  readonly unknown: string[]
}

/**
 * Of the providers and places that a list was asked for by name (`subject`, `provider`): those that were
 * listed once and are no more, with who came after, and those that nobody knows. Who asks for one by an
 * old code, or a wrong one among right ones, is told so.
 */
export async function notListed(
  { reader, state }: Call,
  filtered: Readonly<Record<string, unknown>>,
): Promise<NotListed> {
  const named = codesSchema.safeParse(filtered.subject ?? filtered.provider).data ?? []
  const found: NotListed = { ended: [], unknown: [] }
  if (named.length === 0) return found
  const all = [
    ...(await reader.register.providers(state)),
    ...(await reader.register.places(state)),
  ]
  const asked = new Set(named)
  const listed = new Set(all.flatMap((r) => (asked.has(r.code) ? [r.code] : [])))
  for (const code of named) {
    if (listed.has(code)) continue
    const ended = await reader.ended(state, code)
    if (ended) {
      const { detail, successors = [] } = goneProblem(code, ended)
      found.ended.push({ code, detail, successors: [...successors] })
      // Figures may be of a code that no register lists.
    } else if ((await reader.subject(state, code)) === null) found.unknown.push(code)
  }
  return found
}
