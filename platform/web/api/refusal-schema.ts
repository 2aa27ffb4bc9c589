import { z } from 'zod'
import { pushResult } from '../../pushes/result.ts'
import { successorSchema } from './ended.ts'

/** A refusal, as it is answered. */
export const problemSchema = z
  .object({
    type: z.string().describe('Which kind of problem: an address on /api that says what to do.'),
    title: z.string().describe('The kind, in words.'),
    status: z.int().describe('The same as the status of the answer.'),
    detail: z.string().describe('What is wrong with this request, and what to do.'),
    instance: z.string().optional().describe('The address that was asked for.'),
    parameter: z.string().optional().describe('The parameter, or the header, that it is about.'),
    sent: z.string().optional().describe('What was sent in it.'),
    allowed: z.array(z.string()).optional().describe('What is allowed, where that is few.'),
    nearest: z.string().optional().describe('The allowed value that is nearest to what was sent.'),
    successors: z.array(successorSchema).optional().describe('Who came after what has ended.'),
    errors: z
      .array(
        z.strictObject({
          line: z.int().describe('Of the file that was sent; 1 is the header’s.'),
          column: z.string().nullable().describe('The column; null where it is of the whole row.'),
          value: z.string().nullable().describe('What stands there.'),
          rule: z.string().describe('The code of the rule that it broke.'),
          detail: z.string().describe('What is wrong with it, in words.'),
        }),
      )
      .optional()
      .meta({ description: 'Cells that were refused: the first of each rule, at most 50.' }),
    push: pushResult.optional().describe('What came of a push.'),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused, as RFC 9457 has it.' })

/** A refusal, for the OpenAPI document. */
export const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
