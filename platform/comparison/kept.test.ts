import { expect, it } from 'vitest'
import { Kept } from './kept.ts'

it('asks once for each key, and forgets the one that was used least lately', async () => {
  const kept = new Kept<number>(2)
  let asked = 0
  const ask = async (): Promise<number> => {
    asked += 1
    return asked
  }
  expect(await kept.get('a', ask)).toBe(1)
  expect(await kept.get('b', ask)).toBe(2)
  expect(await kept.get('a', ask)).toBe(1)
  expect(await kept.get('c', ask)).toBe(3)
  expect(await kept.get('a', ask)).toBe(1)
  expect(await kept.get('b', ask)).toBe(4)
})

it('asks again after a failure', async () => {
  const kept = new Kept<number>(2)
  await expect(kept.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await kept.get('a', async () => 7)).toBe(7)
})

it('keeps as many as their weight allows, and the last one whatever it weighs', async () => {
  const kept = new Kept<string>(5, (text) => text.length)
  const asked: string[] = []
  const get = (text: string): Promise<string> =>
    kept.get(text, async () => {
      asked.push(text)
      return text
    })
  for (const text of ['aa', 'bb', 'aa', 'ccc', 'aa', 'bb', 'dddddd', 'dddddd', 'aa'])
    await get(text)
  expect(asked).toEqual(['aa', 'bb', 'ccc', 'bb', 'dddddd', 'aa'])
})
