/** One figure of a benchmark. */
export interface Measurement {
  readonly name: string
  /** The median of several runs. */
  readonly milliseconds: number
  /** Of the same run, the processor's time, which other work on the machine hardly touches. */
  readonly processor?: number
  /** What it should stay below, in milliseconds. */
  readonly target: number | undefined
  /** As a multiple of the simplest loop that reads the same memory. */
  readonly ratio: number | undefined
}

let kept: unknown

/** The median time of `runs` runs in milliseconds, after one that isn't counted. */
export function median(runs: number, work: () => unknown): number {
  kept = work()
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    // Kept, so that the work cannot be left out as useless.
    kept = work()
    return performance.now() - started
  }).sort((a, b) => a - b)
  return kept === undefined ? Number.NaN : (times[Math.floor(runs / 2)] as number)
}

/** The median of wall-clock and of processor time, of `runs` runs after one that isn't counted. */
export function medians(
  runs: number,
  work: () => unknown,
): { readonly milliseconds: number; readonly processor: number } {
  const processors: number[] = []
  const milliseconds = median(runs, () => {
    const before = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(before)
    processors.push((user + system) / 1000)
    return result
  })
  const counted = processors.slice(1).sort((a, b) => a - b)
  return { milliseconds, processor: counted[Math.floor(runs / 2)] as number }
}

export function ratioOf(milliseconds: number, simplest: number): number {
  return milliseconds / simplest
}

/** Prints a line for each figure. */
export function print(measurements: readonly Measurement[]): void {
  for (const { name, milliseconds, processor, target, ratio } of measurements) {
    const wanted = target === undefined ? '' : `, target ${target} ms`
    const times = ratio === undefined ? '' : `, ${ratio.toFixed(1)} x the simplest loop`
    const busy = processor === undefined ? '' : ` (processor ${processor.toFixed(0)} ms)`
    process.stdout.write(
      `${name.padEnd(58)} ${milliseconds.toFixed(0)} ms${busy}${wanted}${times}\n`,
    )
  }
}
