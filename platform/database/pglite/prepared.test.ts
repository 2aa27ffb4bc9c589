import { expect, it } from 'vitest'
import { PreparedNames } from './prepared.ts'

it('names reading statements apart, and the same on another connection apart too', () => {
  const names = new PreparedNames()
  const [a, b] = [{}, {}]
  const first = names.name(a, 'select 1')
  expect(names.name(a, 'select 1')).toBe(first)
  expect(names.name(a, 'with x as (select 2) select * from x')).not.toBe(first)
  expect(names.name(b, 'select 1')).not.toBe(first)
})

it('leaves what changes data alone, and more statements than it may keep', () => {
  const names = new PreparedNames()
  expect(names.name({}, 'insert into t values (1)')).toBeUndefined()
  for (let i = 0; i < 100; i++) expect(names.name({}, `select ${i}`)).toBeDefined()
  expect(names.name({}, 'select 100')).toBeUndefined()
})
