import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { helpFor } from './help.ts'
import { makeVerbs } from './verbs.ts'

describe('help', () => {
  it.each(['start', ...makeVerbs(loadCatalogue()).keys()])('is answered by the verb %s', (verb) => {
    const own = helpFor([verb, '--help'])
    expect(own).toContain(`plumbline ${verb}`)
    expect(own).not.toContain('from published files')
    expect(helpFor(['help', verb])).toBe(own)
    expect(helpFor([])).toContain(`plumbline ${verb}`)
    expect(helpFor([verb])).toBeNull()
  })

  it('is answered wherever it stands, and by a verb that nobody knows with all verbs', () => {
    expect(helpFor(['desk', 'answer', '--help'])).toContain('--plan TEXT --until DAY')
    expect(helpFor(['desk', 'answer', 'x', '--as', 'chair', '-h'])).toBe(helpFor(['desk', '-h']))
    for (const words of [['--help'], ['help'], ['-h'], ['nothing', '--help']]) {
      expect(helpFor(words)).toBe(helpFor([]))
    }
  })
})
