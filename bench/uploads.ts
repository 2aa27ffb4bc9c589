import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { forgetPeak, peakOf, serve } from './processes.ts'
import type { Report } from './report.ts'

/** A megabyte of rows; files are made of it, without touching the disk. */
const block = Buffer.from(
  Array.from({ length: 40_000 }, (_, i) => `Q${100_000 + i},Surgery ${i},50.5\n`).join(''),
).subarray(0, 1_000_000)
/** The same as the script of the page. */
const partBytes = 4_000_000

interface Browser {
  readonly address: string
  readonly cookie: string
  readonly token: string
}

/** Walks in as the analyst of the example area. */
async function walkIn(address: string): Promise<Browser> {
  const cookies = new Map<string, string>()
  const ask = async (path: string, body?: URLSearchParams): Promise<string> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const options = body ? { method: 'POST', body } : {}
    const answer = await fetch(address + path, {
      ...options,
      headers: { cookie },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer.text()
  }
  const tokenAt = async (path: string): Promise<string> =>
    /name="_csrf" value="([^"]+)"/.exec(await ask(path))?.[1] ?? ''
  const _csrf = await tokenAt('/example/walk-in')
  await ask('/example/walk-in', new URLSearchParams({ _csrf, who: 'analyst' }))
  const token = await tokenAt('/publish')
  return { address, token, cookie: [...cookies].map(([n, v]) => `${n}=${v}`).join('; ') }
}

/** Sends one request, and gives the status of its answer. */
async function send(
  { address, cookie }: Browser,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>>,
  body: Iterable<Buffer>,
): Promise<{ status: number; location: string }> {
  const sending = request(address + path, { method, headers: { cookie, ...headers } })
  const answered = once(sending, 'response')
  await pipeline(Readable.from(body, { objectMode: false }), sending)
  const [answer] = await answered
  answer.resume()
  return { status: answer.statusCode, location: answer.headers.location ?? '' }
}

function* blocks(bytes: number): Iterable<Buffer> {
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, left)
}

async function byForm(browser: Browser, bytes: number): Promise<void> {
  const boundary = randomUUID()
  const field = (name: string, value: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="large.csv"\r\n\r\n`
  const head = Buffer.from(field('_csrf', browser.token) + field('form', randomUUID()) + file)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const { status } = await send(
    browser,
    'POST',
    '/publish',
    {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + bytes + tail.length,
    },
    (function* () {
      yield head
      yield* blocks(bytes)
      yield tail
    })(),
  )
  if (status !== 303) throw new Error(`The form was answered by ${status}.`)
}

/** @returns the seconds that the answer to the last part took: the file is put together in it. */
async function byParts(browser: Browser, bytes: number): Promise<number> {
  const tus = { 'tus-resumable': '1.0.0', 'csrf-token': browser.token }
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const names = `form ${base64(randomUUID())},filename ${base64('large.csv')},modified ${base64('1')}`
  const begun = await send(
    browser,
    'POST',
    '/publish/parts',
    { ...tus, 'upload-length': bytes, 'upload-metadata': names },
    [],
  )
  let last = 0
  for (let at = 0; at < bytes; at += partBytes) {
    const part = Buffer.concat([...blocks(Math.min(partBytes, bytes - at))])
    const started = performance.now()
    const { status } = await send(
      browser,
      'PATCH',
      begun.location,
      {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'content-length': part.length,
        'upload-offset': at,
        'upload-checksum': `sha256 ${createHash('sha256').update(part).digest('base64')}`,
      },
      [part],
    )
    last = (performance.now() - started) / 1000
    if (status !== 204) throw new Error(`A part was answered by ${status}.`)
  }
  return last
}

/** Files handed in over HTTP by both ways, each to a server of its own. */
export async function measureUploads(temp: string, report: Report): Promise<void> {
  const folder = join(temp, 'uploads')
  for (const bytes of [200_000_000, 2_000_000_000]) {
    for (const way of ['the form', 'parts'] as const) {
      const server = await serve(folder)
      const browser = await walkIn(server.address)
      const before = forgetPeak(server.child)
      const started = performance.now()
      const last = way === 'parts' ? await byParts(browser, bytes) : await byForm(browser, bytes)
      const seconds = (performance.now() - started) / 1000
      const more = peakOf(server.child) - before
      const what = `${bytes / 1e6} MB by ${way}`
      report.add(`${what}, until they are taken`, seconds, 's')
      if (way === 'parts') report.add(`${what}, of that the last part`, last as number, 's')
      report.add(`${what}, memory that the server took for them`, more, 'MB', { most: 300 })
      // It would go on to read the file: that is measured elsewhere.
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
    }
  }
}
