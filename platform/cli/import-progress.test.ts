import { describe, expect, it } from 'vitest'
import { countedEvent } from '../control/progress.ts'
import { terminal } from '../control/terminal.ts'
import type { ProgressEvent } from '../control/verb.ts'
import { importProgress, publishProgress } from './import-progress.ts'

/** What a log shows of events at the given milliseconds. */
function logged<E>(
  make: (emit: (event: ProgressEvent) => void, now: () => number) => (event: E) => void,
  events: readonly (readonly [number, E])[],
): string[] {
  let at = 0
  let text = ''
  const show = terminal({
    stdout: { write: () => undefined },
    stderr: { write: (more) => (text += more) },
    now: () => at,
  })
  const tell = make(show, () => at)
  for (const [time, event] of events) {
    at = time
    tell(event)
  }
  return text.split('\n').filter((line) => line !== '')
}

describe('progress where nothing can be drawn', () => {
  const reading = (done: number, rows: number) => ({ label: 'a.csv', done, total: 10_000, rows })

  it('begins without an estimate that nobody can trust', () => {
    const lines = logged(importProgress, [
      [0, reading(1, 500)],
      [1100, reading(100, 5_000)],
      [12_000, reading(5_000, 240_000)],
    ])
    expect(lines).toEqual([
      'a.csv: 5,000, 4,545 a second',
      'a.csv: 240,000 of 480,000 (50%), 20,000 a second, 12 s left',
    ])
  })

  it('says nothing of what is done within a second', () => {
    expect(
      logged(importProgress, [
        [0, reading(0, 0)],
        [900, reading(10_000, 10_000)],
      ]),
    ).toEqual([])
  })

  it('times each step of a publication for itself', () => {
    const step = (label: string, done: number, total: number) => ({ label, done, total })
    const lines = logged(publishProgress, [
      [1, step('Publishing', 1, 4000)],
      [60_000, step('Publishing', 4000, 4000)],
      [60_001, step('Judging', 0, 2)],
      [80_000, step('Judging', 1, 2)],
    ])
    expect(lines).toEqual([
      'Publishing: 1 of 4,000 (0%)',
      'Publishing: 4,000 of 4,000 (100%), 67 a second, 0 s left',
      'Judging: 0 of 2 (0%)',
      'Judging: 1 of 2 (50%), 20 s left',
    ])
  })
})

it('a first block read in no time promises nothing', () => {
  const counted = { label: 'Reading', done: 65_536, total: 9_000_000 }
  expect(countedEvent(0.001, counted)).toMatchObject({ rate: null, secondsLeft: null })
  expect(countedEvent(5, counted)).toMatchObject({ rate: 13_107.2, secondsLeft: null })
  expect(countedEvent(5, { ...counted, done: 900_000 })).toMatchObject({ secondsLeft: 45 })
})
