import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What a service is judged by (para 19): the same four parts as on a report card. */
export const parts = ['outcomes', 'experience', 'fairness', 'value for money'] as const

const figureSchema = z.strictObject({
  part: z.enum(parts),
  /** What was measured. */
  measure: z.string(),
  /** Of which country or group of people. */
  who: z.string(),
  /** As the paper says it: a year, or years. */
  period: z.string(),
  /** The figure in words, as a page shows it: "13th of 30 OECD countries", "below 80%". */
  shown: z.string(),
  /** The number, where the paper gives one. */
  value: z.number().optional(),
  unit: z.string().optional(),
  rank: z.int().positive().optional(),
  /** Among how many it is ranked. */
  of: z.int().positive().optional(),
  /** Held up by the paper as among the best. */
  best: z.literal(true).optional(),
  /** "para 20", "endnote 3", or the name of a box. */
  where: z.string(),
  /** The paper's own words that give the figure. */
  quote: z.string(),
})
export type PaperFigure = z.infer<typeof figureSchema>

/** The release "The paper's own figures, 2008": every national or international figure that it gives. */
export const paper = {
  title: 'The paper’s own figures, 2008',
  publisher: 'Cabinet Office',
  source: 'Excellence and fairness: Achieving world class public services, June 2008',
  licence: 'Crown copyright 2008, reproduced under its own terms',
}

export const paperFigures: readonly PaperFigure[] = z
  .array(figureSchema)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'figures.json'), 'utf8')))
