import { describe, expect, it } from 'vitest'
import { loadCatalogue } from './catalogue.ts'
import { importFirst, registersOf } from './registers.ts'

const { descriptors } = loadCatalogue()

describe('the register of a code that nobody has listed', () => {
  it('is named by the files that bring its kind of code', () => {
    const schools = registersOf(descriptors, { scheme: 'dfe', kind: 'provider' })
    expect(schools).toContain('Get Information About Schools')
    expect(schools).not.toContain('NHS Payments to General Practice')
    expect(importFirst(schools)).toMatch(/^Import .*“Get Information About Schools”.* first\.$/)
  })

  it('is only described where no kind of file brings it', () => {
    const none = registersOf(descriptors, { scheme: 'of-nobody', kind: 'provider' })
    expect(none).toEqual([])
    expect(importFirst(none)).toBe('Import the file that lists it first.')
  })
})
