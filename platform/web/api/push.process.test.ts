import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPlace } from '../../control/carry-out.ts'
import { migrations } from '../../database/migrations/index.ts'
import { testPGlite } from '../../database/testing.ts'
import { verifyStored } from '../../record/verify.ts'
import { pushAnswer } from './push-schema.ts'

const root = join(import.meta.dirname, '../../..')
const cli = join(root, 'platform/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-push-'))
const data = join(folder, 'data')
const place = { folder: data, url: null }

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL')),
  PLUMBLINE_DATA: data,
  PLUMBLINE_CATALOGUE: join(data, 'catalogue'),
  PLUMBLINE_EXAMPLE: 'off',
  PORT: '0',
  LOG_LEVEL: 'trace',
}

/** What a page of the docs shows: files by their path, and commands with what they print. */
function blocksOf(page: string): { kind: string; path: string; text: string }[] {
  const docs = readFileSync(join(root, 'docs', page), 'utf8')
  return [...docs.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, kind = '', path = '', text = '']) => ({ kind, path, text }),
  )
}

interface Server {
  readonly address: string
  said(): string
  kill(signal: NodeJS.Signals): Promise<void>
}

async function start(): Promise<Server> {
  const child = spawn(process.execPath, [cli, 'start'], { env: environment, cwd: folder })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
    })
  }
  const ended = once(child, 'close')
  while (!said.includes('ready at')) {
    await Promise.race([once(child.stdout, 'data'), ended])
    if (child.exitCode !== null) throw new Error(`The server ended: ${said}`)
  }
  return {
    address: /ready at (\S+)/.exec(said)?.[1] ?? '',
    said: () => said,
    async kill(signal) {
      child.kill(signal)
      await ended
    },
  }
}

/** Runs a line of the docs as it stands there, against the server of the test. */
async function run(line: string): Promise<{ out: string; err: string; exit: number }> {
  const plumbline = `"${process.execPath}" "${cli}"`
  const child = spawn('sh', ['-c', line.replace('npx plumbline', plumbline)], {
    cwd: folder,
    env: environment,
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const [exit] = await once(child, 'close')
  return { out, err, exit }
}

beforeAll(async () => {
  for (const { path, text } of blocksOf('descriptors.md')) {
    if (path === '') continue
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const opened = await openPlace(place, migrations, testPGlite(null).template)
  await opened.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('shows a walk that can be walked: every command answers what the page says', async () => {
  const server = await start()
  try {
    const exits: number[] = []
    for (const { kind, path, text } of blocksOf('api.md')) {
      if (path !== '') {
        writeFileSync(join(folder, path), text.replaceAll('http://127.0.0.1:3000', server.address))
      }
      if (kind !== 'console') continue
      const [command = '', ...lines] = text.trimEnd().split('\n')
      const { out, err, exit } = await run(command.replace(/^\$ /, ''))
      exits.push(exit)
      if (lines.length > 0) expect(JSON.parse(out), err).toMatchObject(JSON.parse(lines.join('\n')))
    }
    expect(exits).toEqual([0, 0, 0, 0, 22])
    const token = /plumbline_\S+/.exec(readFileSync(join(folder, 'push-header'), 'utf8'))?.[0]
    const [, secret] = /^plumbline_1_(\S{20,})$/.exec(token ?? '') ?? []
    expect(secret).toBeDefined()
    expect(server.said()).toContain('/api/v1/releases')
    expect(server.said()).not.toContain(secret)
  } finally {
    await server.kill('SIGTERM')
  }
})

/** Rows whose every figure says which version they are, of clinics of which the walk knows none by another name. */
const rowsOf = (version: number): string =>
  [
    'code,name,postcode,seen,in time,visitors',
    ...Array.from(
      { length: 800 },
      (_, i) => `C${200 + i},Clinic ${i},ZZ1 1AA,${version}%,${version},100`,
    ),
  ].join('\n')

/** Servers are started one after the other: on a busy machine that takes its time. */
const timeout = 300_000

it('is there as a whole or not at all when the server is killed, and may be sent again', {
  timeout,
}, async () => {
  const header = readFileSync(join(folder, 'push-header'), 'utf8').trim()
  const authorization = header.replace('authorization: ', '')
  const send = (server: Server, version: number): Promise<Response> =>
    fetch(`${server.address}/api/v1/releases?descriptor=clinics&file=clinics-2030.csv`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv', 'idempotency-key': `v${version}` },
      body: rowsOf(version),
    })
  let server = await start()
  let met = 0
  try {
    for (let version = 1; version <= 3; version++) {
      const sent = send(server, version).then(
        (answer) => answer.status,
        () => null,
      )
      // From the first byte to after the last step: a push of this size takes a second or two.
      await Promise.race([sent, wait(150 + 400 * (version - 1))])
      await server.kill('SIGKILL')
      if ((await sent) === null) met += 1
      server = await start()
      const answer = await send(server, version)
      const said = await answer.text()
      expect([200, 201], said).toContain(answer.status)
      const { data, links } = pushAnswer.parse(JSON.parse(said))
      expect(['published', 'same']).toContain(data.state)
      const release = await (await fetch(server.address + links.release)).json()
      expect(release).toMatchObject({ data: { status: 'published', rowsAccepted: 800 } })
      const figures = await fetch(
        `${server.address}/api/v1/observations?indicator=seen-in-time&period=2030&limit=1000`,
      )
      const { data: rows } = (await figures.json()) as { data: { value: number }[] }
      expect(rows.length).toBeGreaterThanOrEqual(800)
      expect(new Set(rows.map((r) => r.value))).toEqual(new Set([version]))
    }
    expect(met).toBeGreaterThan(0)
  } finally {
    await server.kill('SIGTERM')
  }
  const { db, close } = await openPlace(place, migrations)
  const states = await db.query<{ state: string }>('select state from release')
  expect(new Set(states.map((r) => r.state))).toEqual(new Set(['ready']))
  const published = await db.query(`select entry from record_entry where act = 'release-published'
    and entry like '%clinics-2030.csv%'`)
  expect(published).toHaveLength(3)
  expect((await verifyStored(db)).fault).toBeNull()
  await close()
})
