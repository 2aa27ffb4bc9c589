import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { folderOwner } from '../database/owner.ts'
import { emptyPGlite } from '../database/testing.ts'
import { carryOut, type OpenedPlace, openPlace } from './carry-out.ts'
import { type ControlServer, listenForWork } from './listen.ts'
import { exitCodes, type ProgressEvent, type Verb, type Verbs } from './verb.ts'

/** Says what it was given, with a row from the database, and ends with code 3. */
const tell: Verb = async (args, { db, cwd }, emit) => {
  const [row] = await db.query<{ n: number }>('select 42 as n')
  emit({ kind: 'progress', label: 'Telling', done: 1, total: 1, rate: null, secondsLeft: null })
  emit({ kind: 'line', stream: 'stdout', text: `${args.join('+')} in ${cwd}: ${row?.n}` })
  return 3
}
const fail: Verb = async () => {
  throw new Error('Line 7 is broken')
}
/** Works until it is cancelled. */
const wait: Verb = async (_args, _context, emit, signal) => {
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
  emit({ kind: 'line', stream: 'stdout', text: 'waiting' })
  await aborted
  stopped.push('wait')
  return 0
}
const stopped: string[] = []
const verbs: Verbs = new Map(Object.entries({ tell, fail, wait }))

let folder: string
const closing: (() => Promise<void>)[] = []
// One folder for all: each test leaves it to the next as it would leave it to the next process.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-control-'))
  const db = await openDatabase(emptyPGlite(join(folder, 'database')))
  await db.close()
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  stopped.length = 0
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function startServer(): Promise<{ opened: OpenedPlace; control: ControlServer }> {
  const opened = await openPlace({ folder, url: null }, [])
  closing.push(opened.close)
  const control = await listenForWork(verbs, opened.db)
  closing.push(control.close)
  opened.owned?.announce(control.address)
  return { opened, control }
}

async function typed(
  verb: string,
  args: string[] = [],
  { signal = new AbortController().signal, on = (_: ProgressEvent): void => {} } = {},
) {
  const events: ProgressEvent[] = []
  const emit = (event: ProgressEvent): void => {
    events.push(event)
    on(event)
  }
  const work = { verb, args, cwd: '/there' }
  const place = { folder, url: null }
  const code = await carryOut(work, place, { verbs, migrations: [] }, emit, signal)
  return { code, events }
}

const said = [
  { kind: 'progress', label: 'Telling', done: 1, total: 1, rate: null, secondsLeft: null },
  { kind: 'line', stream: 'stdout', text: 'a+b c in /there: 42' },
]

describe('what the user types', () => {
  it('is done here when nobody owns the folder, which is free again afterwards', async () => {
    expect(await typed('tell', ['a', 'b c'])).toEqual({ code: 3, events: said })
    expect(folderOwner(folder)).toBeNull()
  })

  it('is done by the running server, and looks the same', async () => {
    await startServer()
    expect(await typed('tell', ['a', 'b c'])).toEqual({ code: 3, events: said })
  })

  it.each([
    ['fails with its sentence', 'fail', exitCodes.failed, 'Line 7 is broken'],
    [
      'is told what there is when it is unknown',
      'improt',
      exitCodes.unknownVerb,
      'There is no "improt". Plumbline knows: fail, help, start, tell, wait.',
    ],
    [
      'is told which was meant when it is misspelt',
      'tlel',
      exitCodes.unknownVerb,
      'There is no "tlel". Did you mean "tell"? Plumbline knows: fail, help, start, tell, wait.',
    ],
  ])('%s', async (_what, verb, code, text) => {
    await startServer()
    expect(await typed(verb)).toEqual({ code, events: [{ kind: 'line', stream: 'stderr', text }] })
  })

  it.each(['here', 'in the server'])('is cancelled %s, and its end waited for', async (where) => {
    if (where === 'in the server') await startServer()
    const cancel = new AbortController()
    const { code } = await typed('wait', [], { signal: cancel.signal, on: () => cancel.abort() })
    expect(code).toBe(exitCodes.cancelled)
    expect(stopped).toEqual(['wait'])
  })

  it('is cancelled in the server by Ctrl-C in the terminal', async () => {
    await startServer()
    const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)
    const script = `
      import { carryOut } from ${module('./carry-out.ts')}
      import { interrupted } from ${module('./interrupted.ts')}
      const work = { verb: 'wait', args: [], cwd: '/' }
      const place = { folder: ${JSON.stringify(folder)}, url: null }
      const emit = (event) => console.log(event.text)
      process.exitCode = await carryOut(work, place, { verbs: new Map(), migrations: [] }, emit,
        interrupted())`
    const client = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = once(client, 'exit')
    const [text] = await once(client.stdout, 'data')
    expect(String(text)).toBe('waiting\n')
    client.kill('SIGINT')
    expect(await exit).toEqual([exitCodes.cancelled, null])
    expect(stopped).toEqual(['wait'])
  })

  it('is told when the server ends before the work', async () => {
    const { control } = await startServer()
    const { code, events } = await typed('wait', [], { on: () => void control.close() })
    expect(code).toBe(exitCodes.serverGone)
    expect(events.at(-1)).toMatchObject({ text: expect.stringContaining('server ended before') })
    expect(stopped).toEqual(['wait'])
  })

  it('is refused when the owner takes no work', async () => {
    const opened = await openPlace({ folder, url: null }, [])
    closing.push(opened.close)
    const { code, events } = await typed('tell')
    expect(code).toBe(exitCodes.folderOwned)
    expect(events).toMatchObject([{ text: expect.stringContaining(String(process.pid)) }])
  })
})

it.skipIf(process.platform === 'win32')('nobody else can reach the socket', async () => {
  const { control } = await startServer()
  expect(statSync(dirname(control.address)).mode & 0o777).toBe(0o700)
})

it.skipIf(process.platform === 'win32')(
  'the socket of a server that was killed is removed at the next start',
  async () => {
    const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)
    const script = `
      import { openPlace } from ${module('./carry-out.ts')}
      import { listenForWork } from ${module('./listen.ts')}
      const opened = await openPlace({ folder: ${JSON.stringify(folder)}, url: null }, [])
      const control = await listenForWork(new Map(), opened.db)
      opened.owned.announce(control.address)
      console.log(control.address)`
    const server = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const address = String((await once(server.stdout, 'data'))[0]).trim()
    server.kill('SIGKILL')
    await once(server, 'exit')
    expect(existsSync(address)).toBe(true)
    expect((await typed('tell')).code).toBe(3)
    expect(existsSync(dirname(address))).toBe(false)
  },
)
