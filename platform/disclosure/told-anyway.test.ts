import { expect, it } from 'vitest'
import type { MixedCell, MixedHistory, MixedRow } from './mixed-truth.ts'
import { publishMixed } from './publish-mixed.ts'

const cell = (place: string, group: string, [yes, no]: readonly [number, number]): MixedCell => {
  return { place, values: { sex: group }, all: yes + no, counts: { yes, no } }
}

const row = (text: string): MixedRow => {
  const [indicator = '', place = '', group = ''] = text.split(' ')
  return { indicator, place, group }
}

/** Releases of the same people. */
const history = (
  above: MixedHistory['world']['above'],
  cells: readonly MixedCell[],
  releases: readonly (readonly string[])[],
): MixedHistory => {
  return {
    world: { wider: { sex: {} }, above, answers: ['yes', 'no'], within: {} },
    indicators: [
      { code: 'wait', kind: 'mean' },
      { code: 'yes', kind: 'proportion', counts: 'yes' },
    ],
    declared: { rules: { threshold: 5 }, chains: [] },
    releases: releases.map((rows) => ({ cells, rows: rows.map(row) })),
  }
}

it('hides a share of which a release before tells how many were counted, and not of how many', async () => {
  const found = await publishMixed(
    history(
      { N0: { level: 'neighbourhood', wards: ['W3'] } },
      [cell('W3', 'boys', [5, 1]), cell('W3', 'girls', [0, 5])],
      [['yes N0'], ['yes N0 sex=boys']],
    ),
  )
  expect(found.refused).toEqual([])
  expect(found.releases[1]?.shown).toEqual(new Set())
  expect([...found.toInsiders.hard, ...found.toInsiders.soft]).toEqual([])
})

it('takes nobody for all of a place of which another part lists no such group', async () => {
  const found = await publishMixed(
    history(
      { D0: { level: 'district', wards: ['W0', 'W1'] } },
      [
        ...[cell('W0', 'boys', [0, 1]), cell('W0', 'girls', [3, 0])],
        ...[cell('W1', 'boys', [0, 3]), cell('W1', 'girls', [1, 0])],
      ],
      [
        [
          ...['wait D0', 'wait D0 sex=girls', 'wait W0 sex=girls', 'wait W1'],
          ...['yes D0', 'yes D0 sex=girls', 'yes W1 sex=girls'],
        ],
        ['wait W1 sex=girls', 'yes W1 sex=boys'],
      ],
    ),
  )
  expect(found.refused).toEqual([])
  expect([...found.toInsiders.hard, ...found.toInsiders.soft]).toEqual([])
})
