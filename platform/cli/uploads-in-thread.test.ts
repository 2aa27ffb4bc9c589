import { expect, it } from 'vitest'
import { progressWords } from './uploads-in-thread.ts'

it.each([
  ['Describing big.csv (bytes)', 15_269_888, 26_488_921, '58% read'],
  ['Describing big.csv (bytes)', 26_488_920, 26_488_921, '99% read'],
  ['Describing none.csv (bytes)', 0, 0, '0% read'],
  ['Publishing', 3, 1200, 'Publishing: 3 of 1,200'],
  ['Reading', 1234, null, 'Reading: 1,234 so far'],
])('says how far %s is', (label, done, total, words) => {
  expect(progressWords({ label, done, total })).toBe(words)
})
