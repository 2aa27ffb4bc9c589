import { expect, it } from 'vitest'
import { dataTable } from './data-table.ts'

it('sets each cell by its kind, and numbers to the right', () => {
  const word = { word: 'better', shape: '▲', tone: 'better' }
  const html = dataTable(
    'Figures',
    ['Name', { text: 'Value', number: true }, 'Is', 'Release'],
    [[{ text: 'Anstey', href: '/providers/1' }, 63, { word }, { text: '' }]],
  )
  expect(html).toContain('<th scope="col" class="govuk-table__header pl-number">Value</th>')
  expect(html).toContain('pl-table__first"><a class="govuk-link" href="/providers/1">Anstey</a>')
  expect(html).toContain('<td class="govuk-table__cell pl-number">63</td>')
  expect(html).toContain(
    'href="/about/words#better"><span aria-hidden="true">&#9650;</span> better</a>',
  )
  expect(html).toContain('<td class="govuk-table__cell"></td>')
})

it('names the column of each cell where its rows become blocks on a phone', () => {
  const html = dataTable('Cards', ['Name', { text: 'Grade' }], [['Anstey', 'B']], true)
  expect(html).toContain('<table role="table" class="govuk-table pl-table pl-stack">')
  expect(html).toContain('<td role="cell" class="govuk-table__cell" data-name="Grade">B</td>')
  expect(dataTable('Cards', ['Name'], [['Anstey']])).not.toContain('data-name')
})

it('lets no markup through, wherever it stands', () => {
  const evil = '"><script>alert(1)</script>'
  const word = { word: evil, shape: evil, tone: 'better' }
  const html = dataTable(
    evil,
    [evil, { text: evil }],
    [[{ text: evil, href: evil }, evil], [{ word }]],
    true,
  )
  expect(html).not.toContain('<script')
  expect(html).not.toContain('=""')
})
