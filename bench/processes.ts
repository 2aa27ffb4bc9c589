import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const cli = join(import.meta.dirname, '../platform/cli/main.ts')

/** What one run of the command line took. */
export interface Run {
  readonly seconds: number
  /** The most memory that it held, in megabytes of 1,000,000 bytes (Linux; else NaN). */
  readonly peak: number
  readonly code: number
  readonly said: string
}

/** The most memory that a running process has held, in megabytes (Linux; else NaN). */
export function peakOf(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6
  } catch {
    return Number.NaN
  }
}

/** Lets a running process's peak begin anew; gives the memory that it holds now, in megabytes (Linux). */
export function forgetPeak(child: ChildProcess): number {
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
  return peakOf(child)
}

const settings = (folder: string, port: number): NodeJS.ProcessEnv => ({
  ...process.env,
  PLUMBLINE_DATA: folder,
  DATABASE_URL: '',
  PORT: String(port),
  LOG_LEVEL: 'warn',
})

/** Runs `plumbline` with a data folder and waits for its end. Throws when it fails. */
export async function plumbline(folder: string, ...args: readonly string[]): Promise<Run> {
  const started = performance.now()
  const child = spawn(process.execPath, [cli, ...args, '--quiet'], {
    env: settings(folder, 0),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let peak = Number.NaN
  const watch = setInterval(() => {
    const now = peakOf(child)
    if (!Number.isNaN(now)) peak = now
  }, 50)
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  clearInterval(watch)
  if (code !== 0) throw new Error(`plumbline ${args.join(' ')} ended with ${code}.`)
  return { seconds: (performance.now() - started) / 1000, peak, code, said }
}

/** The number of figures that an import said it had read. */
export const figuresOf = ({ said }: Run): number =>
  Number(/([\d,]+) figures\.$/m.exec(said)?.[1]?.replaceAll(',', ''))

/** The numbers of the drafts that `import --draft` said it had kept. */
export const draftsOf = ({ said }: Run): string[] =>
  /Kept as drafts: ([\d, ]+)\./.exec(said)?.[1]?.split(', ') ?? []

export interface Serving {
  readonly child: ChildProcess
  readonly address: string
  /** From the start of the process until it said that it is ready. */
  readonly seconds: number
  stop(): Promise<void>
}

/** Starts a server on a data folder, on any free port. */
export async function serve(folder: string): Promise<Serving> {
  const started = performance.now()
  const child = spawn(process.execPath, [cli, 'start'], {
    env: settings(folder, 0),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  while (!said.includes('ready at')) {
    const [chunk] = await once(child.stdout, 'data')
    said += chunk
  }
  return {
    child,
    address: /ready at (\S+)/.exec(said)?.[1] as string,
    seconds: (performance.now() - started) / 1000,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
