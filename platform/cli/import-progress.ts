import { countedEvent, timeLeft } from '../control/progress.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { ImportProgress } from '../publishing/imported.ts'

type Emit = (event: ProgressEvent) => void

/** What is done within a second needs no progress. */
const quietFor = 1000

/** Turns what an import tells into progress, with rate and time left from the bytes read. */
export function importProgress(
  emit: Emit,
  now: () => number = Date.now,
): (event: ImportProgress) => void {
  let started = now()
  let label = ''
  let said: number | null = null
  return (event) => {
    const at = now()
    if (event.label !== label) {
      started = at
      said = null
      label = event.label
    }
    if (said === null && at - started < quietFor) return
    if (said !== null && at - said < 200 && event.done < event.total) return
    said = at
    const seconds = (at - started) / 1000
    const share = event.total > 0 ? event.done / event.total : 1
    const secondsLeft = timeLeft(seconds, share)
    emit({
      kind: 'progress',
      label: event.label,
      done: event.rows,
      total: secondsLeft === null ? null : Math.round(event.rows / share),
      rate: event.rows / seconds,
      secondsLeft,
    })
  }
}

/** The same for a publication, whose steps are each timed for themselves. */
export function publishProgress(
  emit: Emit,
  now: () => number = Date.now,
): (event: { label: string; done: number; total: number }) => void {
  let started = now()
  let label = ''
  return (event) => {
    if (event.label !== label) started = now()
    label = event.label
    emit(countedEvent((now() - started) / 1000, event))
  }
}
