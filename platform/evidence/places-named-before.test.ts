import { expect, it } from 'vitest'
import { descriptorSchema } from './descriptor.ts'
import { readFigures, temporaryFile } from './testing.ts'

const descriptor = descriptorSchema.parse({
  id: 'towns',
  title: 'Made-up towns',
  publisher: 'Nobody',
  source: 'https://example.org/towns',
  licence: 'CC0',
  dataset: 'towns',
  service: null,
  match: { name: 'towns', columns: ['code', 'level'] },
  fields: [{ name: 'code' }],
  period: { from: 'fixed', value: '2020', kind: 'year' },
  subjects: [
    {
      kind: 'place',
      code: '{code}',
      level: '{level}',
      name: '{name}',
      parents: [
        { level: 'district', code: '{district}' },
        { level: 'county', code: '{county}' },
      ],
    },
  ],
})

it('describes a place by its own row, where one about something within it came before', async () => {
  const file = temporaryFile(
    'towns.csv',
    'code,level,name,district,county\nW1,ward,Ash,D1,C1\nD1,district,Beech,,C1\nC1,county,,,\n',
  )
  const { result, subjects } = await readFigures(file, descriptor)
  const [ward, district, county] = ['W1', 'D1', 'C1'].map((c) => subjects.find('code', c) ?? -1)
  expect(result.descriptions.get(ward as number)?.parents).toEqual([district, county])
  expect(result.descriptions.get(district as number)).toMatchObject({
    name: 'Beech',
    level: 'district',
    parents: [county],
  })
  expect(result.descriptions.get(county as number)).toMatchObject({ level: 'county' })
})
