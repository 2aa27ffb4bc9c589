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

/**
 * Before so many seconds and so large a share, what is left cannot be told: the first blocks of a file,
 * read before anything is stored, would promise its end at once.
 */
const trusted = { seconds: 1, share: 0.02 }

/** The seconds left after so many, when a share (0 to 1) is done; null while nobody can tell. */
export function timeLeft(seconds: number, share: number): number | null {
  if (share >= 1) return 0
  if (seconds < trusted.seconds || share < trusted.share) return null
  return (seconds / share) * (1 - share)
}

/** Progress with the rate and, once they can be trusted, the time left, after so many seconds. */
export function countedEvent(
  seconds: number,
  counted: Pick<Progress, 'label' | 'done' | 'total'>,
): Progress {
  const { done, total } = counted
  const rate = seconds >= trusted.seconds && done > 0 ? done / seconds : null
  const secondsLeft = total === null || total === 0 ? null : timeLeft(seconds, done / total)
  return { kind: 'progress', ...counted, rate, secondsLeft }
}
