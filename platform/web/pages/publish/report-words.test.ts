import { expect, it } from 'vitest'
import type { UploadReport } from '../../../uploads/upload.ts'
import { reportWords } from './report-words.ts'

it('lists no lines of what is true of the file as a whole', () => {
  const rule = { rule: 'withdrawn', severity: 'warn', count: 1, sentence: 'It was withdrawn.' }
  const read = {
    rowsRead: 1,
    rowsAccepted: 1,
    rowsRefused: 0,
    figures: 1,
    period: '2024',
    rules: [
      { ...rule, examples: [] },
      { ...rule, count: 2, examples: [{ line: 3, column: null, value: null }] },
    ],
  }
  const { rules } = reportWords({ read, sentence: null } as unknown as UploadReport)
  expect(rules).toMatchObject([
    { title: 'Worth a look: It was withdrawn.', more: '', rows: [] },
    { more: 'The first 1 are listed.', rows: [['3', '', '', '']] },
  ])
})
