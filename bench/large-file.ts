import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/**
 * Measures how much memory and time the check of a large file takes, and its import to a draft:
 *
 *     node bench/large-file.ts [--rows 10000000] [--only NAME] [--no-import] [--server URL]
 *
 * With a server's address the import goes to an empty database there, else to PGlite, whose own memory
 * a check of 100 rows with a database shows.
 * The files are made up, in a temporary folder that is removed at the end. Each process's most
 * resident memory is read from /proc (Linux).
 */

/** A shape: how many providers, months and indicators make its rows, and in which order they come. */
interface Shape {
  readonly name: string
  readonly providers: number
  readonly months: number
  readonly indicators: number
  /** A row has a number of its own, which must stand once. */
  readonly unique: boolean
  /** Rows of one provider after another, or of one month after another. */
  readonly by: 'provider' | 'month'
  readonly packed: boolean
}

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? usual : (process.argv[at + 1] ?? usual)
}
const rows = Number(option('rows', '10000000'))
const only = option('only', '')
const server = option('server', '')
const importToo = !process.argv.includes('--no-import')

const per = (months: number, indicators: number): number => Math.ceil(rows / months / indicators)
const wide = { months: 120, indicators: 12, providers: per(120, 12) }
const shapes: readonly Shape[] = [
  { name: 'by-month', ...wide, unique: false, by: 'month', packed: false },
  { name: 'by-month-gzip', ...wide, unique: false, by: 'month', packed: true },
  { name: 'by-provider', ...wide, unique: false, by: 'provider', packed: false },
  { name: 'row-numbers', ...wide, unique: true, by: 'month', packed: false },
  {
    name: 'many-places',
    months: 12,
    indicators: 12,
    providers: per(12, 12),
    unique: false,
    by: 'provider',
    packed: false,
  },
  {
    name: 'a-provider-a-row',
    months: 1,
    indicators: 1,
    providers: rows,
    unique: true,
    by: 'provider',
    packed: false,
  },
]

const root = join(import.meta.dirname, '..')
const cli = join(root, 'platform/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-large-'))
const catalogue = join(folder, 'catalogue')

function writeCatalogue(): void {
  mkdirSync(join(catalogue, 'sources'), { recursive: true })
  mkdirSync(join(catalogue, 'indicators'))
  const service = { code: 'depot', name: 'Depots', provider: 'depot', providers: 'depots' }
  writeFileSync(
    join(catalogue, 'services.json'),
    JSON.stringify([{ ...service, about: 'Made-up depots.', peers: [] }]),
  )
  const indicators = Array.from({ length: 12 }, (_, i) => ({
    code: `large-${i}`,
    name: `Measure ${i}`,
    service: 'depot',
    topic: 'Large',
    unit: '%',
    kind: 'proportion',
    scale: 100,
    polarity: 'higher',
    decimals: 1,
    why: 'To measure.',
    definition: 'Made up.',
    method: 'Counts.',
  }))
  writeFileSync(join(catalogue, 'indicators/large.json'), JSON.stringify(indicators))
  const descriptor = (id: string, unique: boolean): object => ({
    id,
    title: 'A large file',
    publisher: 'Nobody',
    source: 'https://example.org/large',
    licence: 'CC0',
    dataset: id,
    service: 'depot',
    match: { name: `^${id}`, columns: ['row', 'code', 'month', 'measure', 'value'] },
    codes: { SUPP: 'suppressed' },
    fields: [
      { name: 'row', constraints: { required: true, unique } },
      { name: 'code', constraints: { required: true, pattern: 'D\\d+' } },
    ],
    period: { from: 'column', column: 'month', kind: 'month' },
    covers: 'history',
    subjects: [{ kind: 'provider', code: '{code}', name: 'Depot {code}' }],
    observations: indicators.map(({ code }) => ({
      when: { measure: [code] },
      indicator: code,
      value: 'value',
      numerator: 'part',
      denominator: 'whole',
    })),
  })
  for (const [id, unique] of [
    ['large', false],
    ['numbered', true],
  ] as const) {
    writeFileSync(join(catalogue, `sources/${id}.json`), JSON.stringify(descriptor(id, unique)))
  }
}

function* text(shape: Shape, count: number): Generator<string> {
  let chunk = 'row,code,month,measure,value,part,whole\n'
  let row = 0
  const outer = shape.by === 'month' ? shape.months : shape.providers
  const inner = shape.by === 'month' ? shape.providers : shape.months
  for (let a = 0; a < outer; a++) {
    for (let b = 0; b < inner; b++) {
      const [month, provider] = shape.by === 'month' ? [a, b] : [b, a]
      const when = `${2010 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
      for (let i = 0; i < shape.indicators; i++) {
        if (row === count) break
        row += 1
        const part = (row * 7919) % 200
        const value = row % 50 === 0 ? 'SUPP,,' : `${part / 2}%,${part},200`
        chunk += `R${row},D${100_000 + provider},${when},large-${i},${value}\n`
        if (chunk.length > 1 << 16) {
          yield chunk
          chunk = ''
        }
      }
    }
  }
  yield chunk
}

/** Runs the command line on a data folder and watches the most memory that its process holds. */
async function run(data: string, words: readonly string[]): Promise<[number, number, string]> {
  const started = performance.now()
  const place = { PLUMBLINE_DATA: data, PLUMBLINE_CATALOGUE: catalogue }
  const env = { ...process.env, ...place, DATABASE_URL: words[0] === 'import' ? server : '' }
  const child = spawn(process.execPath, [cli, '--quiet', ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let most = 0
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      // It has just ended.
    }
  }, 20)
  let out = ''
  child.stdout.on('data', (piece) => {
    out += piece
  })
  await once(child, 'exit')
  clearInterval(watch)
  return [(performance.now() - started) / 1000, most, out]
}

async function write(shape: Shape, count: number): Promise<string> {
  const id = shape.unique ? 'numbered' : 'large'
  const path = join(folder, `${id}-${shape.name}-${count}.csv${shape.packed ? '.gz' : ''}`)
  const steps = shape.packed ? [createGzip({ level: 1 })] : []
  await pipeline([Readable.from(text(shape, count)), ...steps, createWriteStream(path)])
  return path
}

async function report(name: string, data: string, words: readonly string[]): Promise<void> {
  const [seconds, most, out] = await run(data, words)
  const read = Number(/: ([\d,]+) rows read/.exec(out)?.[1]?.replaceAll(',', ''))
  const rate = Math.round(read / seconds).toLocaleString('en-GB')
  const cells = [name, read.toLocaleString('en-GB'), `${seconds.toFixed(0)} s`, rate]
  process.stdout.write(`| ${[...cells, `${most.toFixed(0)} MB`].join(' | ')} |\n`)
}

async function measure(shape: Shape): Promise<void> {
  const path = await write(shape, rows)
  await report(`check, ${shape.name}`, join(folder, 'none'), ['check', path])
  if (importToo && server !== '') {
    await report(`import to a server, ${shape.name}`, join(folder, 'none'), [
      'import',
      '--draft',
      path,
    ])
  } else if (importToo) {
    const data = join(folder, 'data')
    const few = await write(shape, 100)
    // The database is made by another process: making it takes more memory than using it.
    await run(data, ['import', '--draft', few])
    await report('check with PGlite, 100 rows', data, ['check', few])
    await report(`import to PGlite, ${shape.name}`, data, ['import', '--draft', path])
    rmSync(data, { recursive: true, force: true })
  }
  rmSync(path)
}

try {
  writeCatalogue()
  process.stdout.write('| work | rows | time | rows a second | most resident memory |\n')
  process.stdout.write('| --- | --- | --- | --- | --- |\n')
  for (const shape of shapes) if (only === '' || only === shape.name) await measure(shape)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
