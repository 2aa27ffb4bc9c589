import { expect, it } from 'vitest'
import { cardPdf } from './card-pdf.ts'
import type { CardSheet } from './sheet.ts'

const sheet: CardSheet = {
  ...{ title: 'Ansty School', kind: 'primary school', where: 'Ansty', floors: [], lead: 'A lead.' },
  overall: {
    name: 'Overall',
    letter: null,
    text: 'No grade.',
    bar: '',
    likely: '',
    odds: null,
    large: false,
  },
  ...{ parts: [], well: [], improve: [], changed: [], sure: [] },
}
const about = { at: '2024-11-03T10:00:00Z', site: '', path: '/x', invented: false, sources: [] }
const reply = {
  ...{ isWithdrawn: false, by: 'The head of Ansty School', on: '3 November 2024', about: '' },
  ...{ first: '', withdrawn: '', record: '/record' },
}
const made = async (said: Parameters<typeof cardPdf>[1]) => {
  const pdf = (await cardPdf(sheet, said, about)).toString('latin1')
  const count = (what: RegExp): number => pdf.match(what)?.length ?? 0
  return {
    heads: count(/\/S \/H2\b/g),
    paragraphs: count(/\/S \/P\b/g),
    pages: count(/\/Type \/Page\b/g),
  }
}

it('shows a reply under a heading of its own, paragraph by paragraph', async () => {
  const without = await made(null)
  const withOne = await made({ ...reply, text: ['It is so.', 'And so.'] })
  expect(withOne).toEqual({
    heads: without.heads + 1,
    // Who replies, and two paragraphs.
    paragraphs: without.paragraphs + 3,
    pages: 1,
  })
})

it('says that a reply was withdrawn, and lets the longest go on overleaf', async () => {
  const without = await made(null)
  const gone = { ...reply, isWithdrawn: true, text: null, withdrawn: 'A reply stood here.' }
  expect((await made(gone)).paragraphs).toBe(without.paragraphs + 1)
  const long = Array.from({ length: 300 }, () => 'wordy\n')
  expect((await made({ ...reply, text: [long.join('')] })).pages).toBeGreaterThan(1)
})
