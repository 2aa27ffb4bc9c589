import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bursts, type Load, load, loadOf, throughput } from './load.ts'
import { peakOf, plumbline, type Serving, serve } from './processes.ts'
import type { Report } from './report.ts'

const indicators = [
  'nhs-payments-per-registered-patient',
  'qof-prevalence-hyp',
  'imd-score',
  'fingertips-91547',
  'ks2-rwm-expected',
  'ks2-reading-progress',
].flatMap((i) => [1, 2, 3, 4].map((page) => `/indicators/${i}?page=${page}`))

const searches = ['ansty', 'GU34', 'densham', 'alton', 'ST Mary'].map(
  (q) => `/search?q=${encodeURIComponent(q)}`,
)

async function practices(address: string): Promise<string[]> {
  const table = await fetch(`${address}/indicators/nhs-payments-per-registered-patient.csv`)
  const lines = (await table.text()).split('\r\n').slice(1)
  return lines.flatMap((line) => line.split(',')[0] || [])
}

/** Pages of 480 practices from all over the table, beginning with one of the first. */
const providerPaths = (codes: readonly string[], first = 0): string[] =>
  Array.from({ length: 480 }, (_, i) => `/providers/${codes[(i * 13 + first) % codes.length]}`)

/** Pages, searches, starts: over a folder in which everything is published. */
export async function measurePages(folder: string, report: Report): Promise<void> {
  // The first one keeps its code ready to run for all that follow.
  await (await serve(folder)).stop()
  const server = await serve(folder)
  try {
    report.add('a second start is ready after', server.seconds, 's', { most: 3 })
    const { address } = server
    const codes = await practices(address)
    const providers = providerPaths(codes)
    // Code that has just been loaded runs slowly: told apart from a server at work.
    const early = await load(address, providerPaths(codes, 7))
    report.add('provider pages in the first 15 s after a start, p99', early.p99, 'ms')
    await load(address, providerPaths(codes, 3), 30)
    for (const path of indicators) await (await fetch(address + path)).arrayBuffer()
    for (const [name, paths, most] of [
      ['provider pages', providers, 60],
      ['indicator pages', indicators, 60],
      ['searches', searches, 50],
    ] as const) {
      const { p50, p99, failed } = await load(address, paths)
      report.add(`${name} at 100 a second, p50`, p50, 'ms')
      report.add(`${name} at 100 a second, p99`, p99, 'ms', { most })
      if (failed > 0) report.add(`${name} that failed`, failed, '', { most: 1 })
    }
    const { p99 } = await bursts(address, providerPaths(codes, 5))
    report.add('provider pages, 100 at once each second, p99', p99, 'ms')
    const home = await (await fetch(address)).text()
    const css = /href="(\/assets\/[^"]+\.css)"/.exec(home)?.[1] as string
    const still = await throughput(address, [css])
    const pages = await throughput(address, providers)
    const tables = await throughput(address, indicators)
    report.add('a static file, as many as go', still, 'a second')
    report.add('provider pages, as many as go', pages, 'a second')
    report.add('indicator pages, as many as go', tables, 'a second')
    report.add('provider page to static file, throughput', pages / still, '')
    report.add('indicator page to static file, throughput', tables / still, '')
    report.add('memory of the server', peakOf(server.child), 'MB')
  } finally {
    await server.stop()
  }
}

/** Pages while the same server imports and publishes a year of payments that the command line hands it. */
export async function measureDuringImport(
  data: string,
  folder: string,
  temp: string,
  report: Report,
): Promise<void> {
  const server = await serve(folder)
  try {
    const more = join(temp, 'one-year')
    mkdirSync(more)
    const source = join(data, 'general-practice/nhs-payments-2022-23.csv.gz')
    cpSync(source, join(more, 'nhs-payments-2031-32.csv.gz'))
    const codes = await practices(server.address)
    // As on any day: the server has answered for a while, other pages than those asked for below.
    await load(server.address, providerPaths(codes, 7), 10)
    const providers = providerPaths(codes)
    const { seconds, whole, worst } = await whileImporting(server, folder, more, providers)
    report.add('import and publish of one year of payments, pages asked', seconds, 's')
    report.add('provider pages at 100 a second during it, p50', whole.p50, 'ms')
    report.add('provider pages at 100 a second during it, p99', whole.p99, 'ms', { most: 250 })
    report.add('the same in the worst 5 s of it, p99', worst.p99, 'ms')
    report.add('provider pages during it that failed', whole.failed, '', { most: 1 })
    report.add('memory of the server that imports', peakOf(server.child), 'MB')
  } finally {
    await server.stop()
  }
}

/** The whole import is covered: load runs in spans of 5 s until it ends, the last one beyond it. */
async function whileImporting(
  { address }: Serving,
  folder: string,
  files: string,
  paths: readonly string[],
): Promise<{ seconds: number; whole: Load; worst: Load }> {
  let importing = true
  const run = plumbline(folder, 'import', files, '--reason', 'a measurement').finally(() => {
    importing = false
  })
  const spans: Load[] = []
  while (importing) spans.push(await load(address, paths, 5))
  const { seconds } = await run
  const whole = loadOf(
    Float64Array.from(spans.flatMap((s) => [...s.all])),
    spans.reduce((n, s) => n + s.failed, 0),
  )
  const worst = spans.reduce((a, b) => (b.p99 > a.p99 ? b : a))
  return { seconds, whole, worst }
}
