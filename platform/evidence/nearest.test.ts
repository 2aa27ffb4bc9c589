import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { loadCatalogue } from './catalogue.ts'
import type { Descriptor } from './descriptor.ts'
import { explainUnfit, explainUnmatched } from './nearest.ts'
import { temporaryFile } from './testing.ts'

const { descriptors } = loadCatalogue()

describe('a file that does not fit the descriptor that was named', () => {
  const [kind] = clinics.descriptors
  it('is told what it lacks of that one', async () => {
    const path = temporaryFile('clinics-2024.csv', 'code,name\nC1,One\n')
    const said = await explainUnfit(path, 'clinics-2024.csv', kind as Descriptor)
    expect(said).toMatch(/^This file is not one of .+ \(clinics\): the columns ".+" are missing\.$/)
    const named = await explainUnfit(path, 'other.csv', kind as Descriptor)
    expect(named).toContain('missing; it is named other.csv, and such files are named like ')
  })
})

describe('a file that no descriptor fits', () => {
  it('is said to be like the nearest kind, with the columns that it lacks', async () => {
    const name = 'ks2-2018-850.csv'
    const path = temporaryFile(name, 'SCHNAME,TELIG,PTRWM_EXP,READPROG\nAnstey,30,63%,-1.9\n')
    expect(await explainUnmatched(path, name, descriptors)).toBe(
      'No descriptor fits this file. It looks most like Key stage 2 performance tables (ks2): the ' +
        'columns "RECTYPE", "URN" are missing. If it is another kind of file, run `plumbline ' +
        'describe ks2-2018-850.csv`.',
    )
  })

  it('is known by its columns when its name says nothing', async () => {
    const path = temporaryFile('download.csv', 'RECTYPE,TELIG,URN,PTRWM_EXP\n1,30,115851,63%\n')
    expect(await explainUnmatched(path, 'download.csv', descriptors)).toContain(
      'It looks most like Key stage 2 performance tables (ks2): the column "READPROG" is missing.',
    )
  })

  it('is told its name when that alone keeps it from fitting', async () => {
    const path = temporaryFile('x.csv', 'RECTYPE,TELIG,URN,PTRWM_EXP,READPROG\n1,30,1,63%,2\n')
    expect(await explainUnmatched(path, 'x.csv', descriptors)).toContain(
      'It has the columns of Key stage 2 performance tables (ks2) but not its name: such files ' +
        'are named like ks2-(?<year>\\d{4})-(?<authority>\\d{3})\\.csv.',
    )
  })

  it.each([
    ['code,name\n1,2\n', descriptors],
    ['colour,size\nred,2\n', descriptors],
    ['', descriptors],
    ['colour,size\nred,2\n', []],
    ['code,seen,visitors\nC1,5,6\n', clinics.descriptors.map((d) => ({ ...d, invented: true }))],
  ])('is like nothing when it is like nothing: %j', async (text, known) => {
    const path = temporaryFile('stuff.csv', text)
    expect(await explainUnmatched(path, 'stuff.csv', known)).toBe(
      'No descriptor fits this file, nor nearly so. To draft one, run `plumbline describe stuff.csv`.',
    )
  })
})
