import { expect, it } from 'vitest'
import { z } from 'zod'
import { membersOf } from './members.ts'

it('names each member with its type, and those within it', () => {
  const item = z.strictObject({
    code: z.string().describe('Its code.'),
    value: z.number().nullable().describe('The value.'),
    kind: z.enum(['provider', 'place']).nullable().describe('What it is.'),
    periods: z.array(z.string()).describe('All periods.'),
    closed: z.boolean().describe('It has closed.'),
    direction: z
      .union([z.literal(-1), z.literal(0)])
      .nullable()
      .describe('Which way.'),
    facts: z.record(z.string(), z.string()).describe('What is known.'),
    items: z.array(z.strictObject({ weight: z.int().describe('How much.') })).describe('Parts.'),
  })
  expect(membersOf(item)).toEqual([
    ['code', 'text', 'Its code.'],
    ['value', 'number or null', 'The value.'],
    ['kind', 'provider, place or null', 'What it is.'],
    ['periods', 'list of text', 'All periods.'],
    ['closed', 'true or false', 'It has closed.'],
    ['direction', '-1, 0 or null', 'Which way.'],
    ['facts', 'object of text', 'What is known.'],
    ['items', 'list of objects', 'Parts.'],
    ['items[].weight', 'whole number', 'How much.'],
  ])
})

it('names members that one or another kind of object has', () => {
  const item = z.strictObject({
    threshold: z
      .union([
        z.strictObject({ fixed: z.number().describe('The value.') }),
        z.strictObject({ period: z.string().describe('The year.') }),
      ])
      .describe('The line.'),
  })
  expect(membersOf(item)).toEqual([
    ['threshold', 'object', 'The line.'],
    ['threshold.fixed', 'number', 'The value.'],
    ['threshold.period', 'text', 'The year.'],
  ])
})
