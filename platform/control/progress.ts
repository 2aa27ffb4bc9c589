import type { Progress, ProgressEvent } from './verb.ts'

/**
 * Counts what is done and says so a few times a second, with the rate and the time left.
 * @example
 * const count = countProgress(emit, 'Reading schools.csv', bytes)
 * for await (const chunk of file) count(chunk.length)
 */
export function countProgress(
  emit: (event: ProgressEvent) => void,
  label: string,
  total: number | null,
  now: () => number = Date.now,
): (more: number) => void {
  const started = now()
  let said = started
  let done = 0
  return (more) => {
    done += more
    const at = now()
    const finished = total !== null && done >= total
    if (at - said < 200 && !finished) return
    said = at
    emit(countedEvent((at - started) / 1000, { label, done, total }))
  }
}

/** Progress with the rate and the time left, from what was done in so many seconds. */
export function countedEvent(
  seconds: number,
  counted: Pick<Progress, 'label' | 'done' | 'total'>,
): Progress {
  const { done, total } = counted
  const rate = seconds > 0 && done > 0 ? done / seconds : null
  const secondsLeft = rate === null || total === null ? null : Math.max(0, total - done) / rate
  return { kind: 'progress', ...counted, rate, secondsLeft }
}
