import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { peakOf, serve } from './processes.ts'
import type { Report } from './report.ts'

interface Once {
  readonly rows: number
  readonly bytes: number
  readonly seconds: number
  readonly peak: number
}

const once = (folder: string, form: string, what: string): Once =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'download-once.ts'), folder, form, what],
      {
        encoding: 'utf8',
      },
    ),
  )

/** Files of everything in each form, of made-up rows, and many readers: over a published folder. */
export async function measureDownloads(folder: string, report: Report): Promise<void> {
  for (const [form, least] of [
    ['csv', 150_000],
    ['jsonl', undefined],
    ['parquet', undefined],
  ] as const) {
    const all = once(folder, form, 'everything')
    const target = least === undefined ? {} : { least }
    report.add(`everything as ${form}: rows`, all.rows, '')
    report.add(`everything as ${form}: size`, all.bytes / 1e6, 'MB')
    report.add(
      `everything as ${form}: from the database into a file`,
      all.rows / all.seconds,
      'rows a second',
      target,
    )
  }
  for (const form of ['csv', 'jsonl', 'parquet']) {
    const [some, many] = [once(folder, form, '1000000'), once(folder, form, '5000000')]
    report.add(`1 million made-up rows as ${form}: most memory`, some.peak, 'MB')
    report.add(`5 million made-up rows as ${form}: most memory`, many.peak, 'MB')
    report.add(`5 million to 1 million rows as ${form}: memory`, many.peak / some.peak, '', {
      most: 1.3,
    })
  }
  await measureReaders(folder, report)
}

/** Eight who read slowly: what they cost, and whether each gets the whole file. */
async function measureReaders(folder: string, report: Report): Promise<void> {
  const server = await serve(folder)
  try {
    const path = '/downloads/everything.csv'
    const asked = performance.now()
    const first = await fetch(server.address + path)
    report.add('everything.csv, asked first: begins after', (performance.now() - asked) / 1000, 's')
    await first.arrayBuffer()
    const { everything } = (await (await fetch(`${server.address}/downloads.json`)).json()) as {
      everything: readonly { sha256: string }[]
    }
    const before = peakOf(server.child)
    const sums = await Promise.all(Array.from({ length: 8 }, () => slowly(server.address, path)))
    const whole = sums.filter((sum) => sum === everything[0]?.sha256).length
    report.add('eight slow readers: who got the whole file', whole, 'of 8', { least: 8 })
    report.add('eight slow readers: memory more than before', peakOf(server.child) - before, 'MB', {
      most: 100,
    })
  } finally {
    await server.stop()
  }
}

/** The checksum of a file that is read with a rest after each piece. */
async function slowly(address: string, path: string): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  const hash = createHash('sha256')
  let headers: string | null = ''
  for await (const chunk of socket) {
    if (headers === null) hash.update(chunk)
    else {
      headers += chunk.toString('latin1')
      const end: number = headers.indexOf('\r\n\r\n')
      if (end >= 0) {
        hash.update(Buffer.from(headers.slice(end + 4), 'latin1'))
        headers = null
      }
    }
    await wait(1)
  }
  return hash.digest('hex')
}
