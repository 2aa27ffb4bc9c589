import { expect, it } from 'vitest'
import type { Figure } from '../../../comparison/figures.ts'
import { indicatorSchema } from '../../../evidence/indicator.ts'
import type { Known } from '../subject-figures.ts'
import { tellingSentence } from './in-short.ts'

const peers = { against: 'peers', name: '30 similar schools', value: 60 } as const

function of(name: string, latest: Partial<Figure>): Known {
  const indicator = indicatorSchema.parse({
    code: name.toLowerCase(),
    name,
    service: null,
    topic: 'Results',
    unit: '%',
    kind: 'proportion',
    scale: 100,
    polarity: 'higher',
    decimals: 0,
    why: 'It matters.',
    definition: 'As it says.',
    method: 'As published.',
    headline: true,
  })
  const figure = { period: '2024', status: 'value', limits: null, note: null, ...latest }
  return { indicator, latest: figure, series: { figures: [figure] } } as unknown as Known
}

const hidden = of('Hidden', {
  status: 'suppressed',
  value: null,
  comparisons: [{ ...peers, direction: null }] as unknown as Figure['comparisons'],
})
const compared = (direction: number) =>
  [{ ...peers, direction }] as unknown as Figure['comparisons']

it('begins with a figure that can be seen, the surest difference first', () => {
  const similar = of('Similar', { value: 61, comparisons: compared(0) })
  const higher = of('Higher', { value: 90, comparisons: compared(2) })
  expect(tellingSentence([hidden, similar])).toMatch(/^Similar: 61%, 2024\. Similar to 30/)
  expect(tellingSentence([hidden, similar, higher])).toMatch(/^Higher: 90%, 2024\./)
})

it('takes one that is held against nobody before one that is hidden', () => {
  expect(tellingSentence([hidden, of('Alone', { value: 61, comparisons: [] })])).toBe(
    'Alone: 61%, 2024.',
  )
  expect(tellingSentence([hidden])).toMatch(/^Hidden: suppressed/)
  expect(tellingSentence([])).toBe('')
})
