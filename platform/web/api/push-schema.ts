import { z } from 'zod'
import { pushResult } from '../../pushes/result.ts'
import { text } from '../query.ts'

const flag = (description: string) => z.enum(['true', 'false']).optional().meta({ description })

/** A name without a folder, as a disk can hold it. */
const fileName = z
  .string()
  .refine((name) => Buffer.byteLength(name) <= 150, 'is longer than 150 bytes')
  .regex(/^[\p{L}\p{N}_(][\p{L}\p{N} ._()+-]*$/u, 'is no name of a file')

/** What `POST /releases` takes in its address. */
export const pushQuery = z.object({
  descriptor: text.meta({
    description: 'The descriptor to read it by: your token says which you may send.',
  }),
  file: fileName.meta({
    description:
      'The file’s name, as the descriptor knows such files: it often holds the period, as in clinics-2024.csv.',
  }),
  period: text.optional().meta({
    description:
      'When its figures are of, such as 2025-26: for kinds of file that do not say it themselves, and for those alone.',
  }),
  'dry-run': flag('Say what is wrong with it and what it would change, and keep nothing.'),
  publish: flag(
    'Publish it (where the token may, the default) or keep it as a draft for a steward.',
  ),
  reason: text.optional().meta({ description: 'Why, as the record and the release’s page say.' }),
})

/** The sender's own name for a push: printable ASCII. */
export const keyHeader = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .meta({
    description:
      'Your own name for this push, such as its day. Sent again with the same bytes it is the same push, and answered the same; with other bytes it is refused. Answers are kept for 30 days.',
  })

export const mediaTypes = {
  csv: ['text/csv'],
  json: ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
}

const links = z
  .strictObject({
    self: z.string().meta({ description: 'Where to ask again what came of it.' }),
    release: z.string().nullable().meta({ description: 'The release, once it is published.' }),
  })
  .describe('Where to look next.')

const came = 'What came of it.'

/** What came of a push. */
export const pushAnswer = z.strictObject({ data: pushResult.describe(came), links })

/** While it is under way, or after it was interrupted. */
export const pushWaiting = z.strictObject({
  data: pushResult.pick({ id: true, state: true }).describe(came),
  links,
})
