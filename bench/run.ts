import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'

/**
 * Measures what docs/benchmarks.md reports: the import and publishing of all of ../shared/data with
 * PGlite, and the latency of pages at 100 requests a second, then while a file is imported.
 */
const root = join(import.meta.dirname, '..')
const data = join(root, '../shared/data')
if (!existsSync(data)) {
  process.stderr.write('The folder ../shared with published data is missing.\n')
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
const cli = join(root, 'platform/cli/main.ts')
const port = 3987
const env = { ...process.env, PLUMBLINE_DATA: folder, PORT: String(port), LOG_LEVEL: 'warn' }
const say = (name: string, value: string): void => {
  process.stdout.write(`${name.padEnd(58)} ${value}\n`)
}

/** The most memory that a running process has held, in megabytes (Linux). */
function peak(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000
}

async function importAll(): Promise<void> {
  const started = performance.now()
  const child = spawn(process.execPath, [cli, 'import', data, '--quiet'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let most = 0
  const watch = setInterval(() => {
    try {
      most = Math.max(most, peak(child.pid as number))
    } catch {
      // It has just ended.
    }
  }, 100)
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  await once(child, 'exit')
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  const figures = Number(/([\d,]+) figures\.$/m.exec(out)?.[1]?.replaceAll(',', ''))
  say('import and publish of ../shared/data', `${seconds.toFixed(1)} s, ${most.toFixed(0)} MB peak`)
  say('figures read, checked, stored and published a second', (figures / seconds).toFixed(0))
  const check = performance.now()
  spawnSync(process.execPath, [cli, 'check', data, '--quiet'], { env })
  const checked = (performance.now() - check) / 1000
  say('figures read and checked a second', (figures / checked).toFixed(0))
}

async function load(name: string, paths: readonly string[]): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 10,
    duration: 15,
    overallRate: 100,
    requests: paths.map((path) => ({ path, headers: { 'accept-encoding': 'gzip' } })),
  })
  const { p50, p99 } = result.latency
  say(name, `p50 ${p50} ms, p99 ${p99} ms, ${result.non2xx} not answered`)
  return p99
}

async function most(name: string, paths: readonly string[]): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 10,
    duration: 8,
    requests: paths.map((path) => ({ path })),
  })
  say(name, `${result.requests.average.toFixed(0)} requests a second`)
  return result.requests.average
}

try {
  await importAll()
  const started = performance.now()
  const server = spawn(process.execPath, [cli, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(server.stdout, 'data')
  say('a second start is ready after', `${((performance.now() - started) / 1000).toFixed(2)} s`)
  const get = async (path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  const csv = await get('/indicators/nhs-payments-per-registered-patient.csv?sort=value')
  const codes = csv
    .split('\r\n')
    .slice(1)
    .map((l) => l.split(',')[0])
    .filter((c) => c)
  const providers = Array.from(
    { length: 500 },
    (_, i) => `/providers/${codes[(i * 13) % codes.length]}`,
  )
  const indicators = [
    'nhs-payments-per-registered-patient',
    'qof-prevalence-hyp',
    'imd-score',
    'fingertips-91547',
    'ks2-rwm-expected',
    'ks2-reading-progress',
  ].flatMap((i) => [1, 2, 3, 4].map((p) => `/indicators/${i}?page=${p}`))
  for (const path of indicators) await get(path)
  await load('provider pages at 100 a second', providers)
  await load('indicator pages at 100 a second', indicators)
  await load(
    'searches at 100 a second',
    ['ansty', 'GU34', 'densham', 'alton', 'ST Mary'].map(
      (q) => `/search?q=${encodeURIComponent(q)}`,
    ),
  )
  const css = /href="(\/assets\/[^"]+\.css)"/.exec(await get('/'))?.[1] as string
  const still = await most('a static file, as many as go', [css])
  const pages = await most('provider pages, as many as go', providers)
  const tables = await most('indicator pages, as many as go', indicators)
  say(
    'provider and indicator page to static file',
    `${(pages / still).toFixed(3)} and ${(tables / still).toFixed(3)}`,
  )
  const again = spawn(process.execPath, [cli, 'withdraw', '5', '--reason', 'bench', '--quiet'], {
    env,
    stdio: 'ignore',
  })
  await load('provider pages at 100 a second while it publishes', providers)
  await once(again, 'exit').catch(() => undefined)
  say('memory of the server, peak', `${peak(server.pid as number).toFixed(0)} MB`)
  server.kill('SIGTERM')
  await once(server, 'exit')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
