import type { Progress, ProgressEvent } from './verb.ts'

/** As much of a terminal's stream as is needed. */
export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** How the command line shows what a verb says. */
export interface TerminalOptions {
  readonly stdout: Output
  readonly stderr: Output
  /** Shows no progress. */
  readonly quiet?: boolean
  /** Writes each event as a line of JSON on stdout, for programs. */
  readonly json?: boolean
  /** The time in milliseconds. */
  readonly now?: () => number
}

/** How long to wait between two lines of progress where no bar can be drawn. */
const millisecondsBetweenLines = 10_000

/**
 * Gives what shows events: lines go where they belong, progress is a bar on stderr when that is a
 * terminal, and a line now and then when it is not.
 * @example const show = terminal({ stdout: process.stdout, stderr: process.stderr })
 */
export function terminal(options: TerminalOptions): (event: ProgressEvent) => void {
  const { stdout, stderr, quiet = false, json = false, now = Date.now } = options
  let bar = false
  let last: { label: string; at: number } | null = null
  const clear = (): void => {
    if (bar) stderr.write('\r\u001b[2K')
    bar = false
  }
  return (event) => {
    if (json) {
      if (event.kind === 'line' || !quiet) stdout.write(`${JSON.stringify(event)}\n`)
    } else if (event.kind === 'line') {
      clear()
      const stream = event.stream === 'stdout' ? stdout : stderr
      stream.write(`${event.text}\n`)
    } else if (quiet) {
      return
    } else if (stderr.isTTY) {
      clear()
      const finished = event.total !== null && event.done >= event.total
      stderr.write(`${barText(event, stderr.columns ?? 80)}${finished ? '\n' : ''}`)
      bar = !finished
    } else {
      const at = now()
      if (last?.label === event.label && at - last.at < millisecondsBetweenLines) return
      last = { label: event.label, at }
      stderr.write(`${event.label}: ${figures(event)}\n`)
    }
  }
}

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** "1,200 of 4,800 (25%), 600 a second, 6 s left". */
function figures({ done, total, rate, secondsLeft }: Progress): string {
  const share = total ? ` of ${number.format(total)} (${Math.floor((100 * done) / total)}%)` : ''
  const speed = rate === null || rate < 0.5 ? '' : `, ${number.format(rate)} a second`
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  return `${number.format(done)}${share}${speed}${left}`
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function barText(progress: Progress, columns: number): string {
  const text = figures(progress)
  const width = 20
  const share = progress.total ? Math.min(1, progress.done / progress.total) : null
  const filled = share === null ? 0 : Math.round(share * width)
  const bar = share === null ? '' : ` ${'█'.repeat(filled)}${'░'.repeat(width - filled)}`
  // A bar that wraps to a second line could not be drawn over.
  return `${progress.label}${bar} ${text}`.slice(0, columns - 1)
}
