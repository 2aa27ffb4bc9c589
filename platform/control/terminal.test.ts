import { describe, expect, it } from 'vitest'
import { countProgress } from './progress.ts'
import { type TerminalOptions, terminal } from './terminal.ts'
import type { Progress, ProgressEvent } from './verb.ts'

const progress = (done: number, label = 'Reading'): Progress => ({
  kind: 'progress',
  label,
  done,
  total: 4800,
  rate: 600,
  secondsLeft: (4800 - done) / 600,
})
const line: ProgressEvent = { kind: 'line', stream: 'stdout', text: 'Published.' }

function shown(
  events: ProgressEvent[],
  options: Partial<TerminalOptions> & { isTTY?: boolean } = {},
): { stdout: string; stderr: string } {
  const written = { stdout: '', stderr: '' }
  const show = terminal({
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { isTTY: options.isTTY ?? false, write: (text) => (written.stderr += text) },
    now: () => 0,
    ...options,
  })
  for (const event of events) show(event)
  return written
}

describe('the terminal', () => {
  it('draws a bar, and a line of output in its place', () => {
    const { stdout, stderr } = shown([progress(1200), line], { isTTY: true })
    expect(stderr).toBe(
      'Reading █████░░░░░░░░░░░░░░░ 1,200 of 4,800 (25%), 600 a second, 6 s left\r\u001b[2K',
    )
    expect(stdout).toBe('Published.\n')
  })

  it('writes a line now and then where it cannot draw', () => {
    let at = 0
    const events = [progress(0), progress(600), progress(1200), progress(0, 'Storing')]
    const { stderr } = shown(events, { now: () => (at += 6000) })
    expect(stderr.split('\n')).toEqual([
      'Reading: 0 of 4,800 (0%), 600 a second, 8 s left',
      'Reading: 1,200 of 4,800 (25%), 600 a second, 6 s left',
      'Storing: 0 of 4,800 (0%), 600 a second, 8 s left',
      '',
    ])
  })

  it('shows no progress when it is to be quiet', () => {
    expect(shown([progress(1), line], { quiet: true })).toEqual({
      stdout: 'Published.\n',
      stderr: '',
    })
  })

  it('writes events for programs', () => {
    const { stdout } = shown([progress(600), line], { json: true })
    expect(
      stdout
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text)),
    ).toEqual([progress(600), line])
  })
})

describe('counted progress', () => {
  it('has the rate and the time left, a few times a second and at the end', () => {
    const said: ProgressEvent[] = []
    let at = 0
    const count = countProgress(
      (event) => said.push(event),
      'Reading',
      100,
      () => at,
    )
    for (const [time, more] of [
      [100, 10],
      [1000, 10],
      [1050, 10],
      [1100, 70],
    ] as const) {
      at = time
      count(more)
    }
    expect(said).toEqual([
      { kind: 'progress', label: 'Reading', done: 20, total: 100, rate: 20, secondsLeft: 4 },
      expect.objectContaining({ done: 100, secondsLeft: 0 }),
    ])
  })
})
