import { z } from 'zod'
import { reportFile } from '../publishing/report-shape.ts'

const states = [
  'published',
  'draft',
  'same',
  'checked',
  'refused',
  'under-way',
  'interrupted',
] as const

/** What becomes of a push, in words. */
export const pushStates: Readonly<Record<(typeof states)[number], string>> = {
  published: 'It counts: its release is public.',
  draft: 'It is kept for a steward, who publishes it.',
  same: 'These bytes are published already: nothing was to be done.',
  checked: 'A dry run found nothing wrong. Nothing is kept.',
  refused: 'Something is wrong with it. Nothing is kept.',
  'under-way': 'It is being read, or waits for those before it.',
  interrupted: 'It was cut off. Nothing is kept: send it again.',
}

/** What came of a push. */
export const pushResult = z.strictObject({
  id: z.string().meta({ description: 'Its own name: `/pushes/ID` says what came of it.' }),
  state: z.enum(states).meta({
    description: states.map((state) => `\`${state}\`: ${pushStates[state]}`).join(' '),
  }),
  sentence: z.string().nullable().meta({ description: 'What happened, in words.' }),
  publisher: z.string().meta({ description: 'The public name of the token.' }),
  descriptor: z.string().describe('By which descriptor it was read.'),
  file: z.string().describe('The file’s name.'),
  dryRun: z.boolean().describe('It was a trial: nothing is kept.'),
  release: z.int().nullable().meta({ description: 'The number of the release that holds it.' }),
  publication: z.int().nullable().meta({ description: 'Since which publication it counts.' }),
  supersedes: z.int().nullable().meta({ description: 'The release that it corrects.' }),
  report: reportFile.shape.read.meta({
    description: 'The check: rows read, accepted and refused, and every rule with its first lines.',
  }),
  changes: reportFile.shape.changes.meta({
    description: 'A dry run: how many figures differ from what is published.',
  }),
  disclosure: reportFile.shape.disclosure.meta({
    description:
      'A dry run of a kind of file whose small counts are hidden: whether it could be made safe, and how many figures would be hidden. It is tried by itself: what an earlier release hides is not held against it, since one could find that out by trying.',
  }),
})
export type PushResult = z.infer<typeof pushResult>
