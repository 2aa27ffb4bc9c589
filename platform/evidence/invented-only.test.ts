import { expect, it } from 'vitest'
import { catalogueFolder } from '../../examples/aldermere/about.ts'
import { loadCatalogue } from './catalogue.ts'
import { withoutInvented } from './invented-only.ts'

it('leaves out all that judges the example area, and nothing that judges real figures', () => {
  const [shipped, all] = [loadCatalogue(), loadCatalogue([catalogueFolder])]
  const real = withoutInvented(all)
  for (const part of ['standards', 'fairness', 'cards', 'studies'] as const) {
    expect(all[part].size).toBeGreaterThan(shipped[part].size)
    expect([...real[part].keys()].sort()).toEqual([...shipped[part].keys()].sort())
  }
  expect(real.descriptors).toEqual(all.descriptors)
})
