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

/**
 * Of the providers and places that a list was asked for by name (`subject`, `provider`): those that were
 * listed once and are no more, with who came after. Who asks for one by an old code is told where to look.
 */
export async function endedAmong(
  { reader, state }: Call,
  filtered: Readonly<Record<string, unknown>>,
): Promise<z.output<typeof endedSchema>[]> {
  const named = codesSchema.safeParse(filtered.subject ?? filtered.provider).data ?? []
  if (named.length === 0) return []
  const all = [
    ...(await reader.register.providers(state)),
    ...(await reader.register.places(state)),
  ]
  const asked = new Set(named)
  const listed = new Set(all.flatMap((r) => (asked.has(r.code) ? [r.code] : [])))
  const found = []
  for (const code of named) {
    const ended = listed.has(code) ? null : await reader.ended(state, code)
    if (!ended) continue
    const { detail, successors = [] } = goneProblem(code, ended)
    found.push({ code, detail, successors: [...successors] })
  }
  return found
}
