import { z } from 'zod'
import { pushResult } from '../../pushes/result.ts'

/** A refusal, as it is answered. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    parameter: z.string().optional(),
    sent: z.string().optional(),
    allowed: z.array(z.string()).optional(),
    nearest: z.string().optional(),
    successors: z
      .array(z.object({ code: z.string(), name: z.string(), page: z.string() }))
      .optional(),
    errors: z
      .array(
        z.strictObject({
          line: z.int(),
          column: z.string().nullable(),
          value: z.string().nullable(),
          rule: z.string(),
          detail: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Cells that were refused: the first of each rule, at most 50.' }),
    push: pushResult.optional(),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused, as RFC 9457 has it.' })

/** A refusal, for the OpenAPI document. */
export const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
