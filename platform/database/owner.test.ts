import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FolderOwned, folderOwner, ownFolder } from './owner.ts'
import { processPlace } from './process-place.ts'
import { processStart } from './process-start.ts'

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-owner-'))
})
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(children.splice(0).map(kill))
  rmSync(folder, { recursive: true })
})

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Starts a process that waits for a word, tries to own the folder, says how it went and stays. */
function starter(): { child: ChildProcess; go(): Promise<string> } {
  const script = `
    import { ownFolder } from ${JSON.stringify(new URL('./owner.ts', import.meta.url).href)}
    process.stdin.once('data', () => {
      try { ownFolder(${JSON.stringify(folder)}); console.log('owned') }
      catch (error) { console.log(error.name) }
    })
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const ready = once(child.stdout, 'data')
  return {
    child,
    async go() {
      await ready
      const said = once(child.stdout, 'data')
      child.stdin.write('go\n')
      return String((await said)[0]).trim()
    },
  }
}

const lock = (): string => join(folder, 'owner.lock')
const writeLock = (owner: object): void => {
  const old = { id: 'old', pid: 1, started: 'x', host: hostname(), place: processPlace() }
  writeFileSync(lock(), JSON.stringify({ ...old, address: null, ...owner }))
}
/** Sets the last sign of life of a lock's owner so many seconds back. */
const silent = (seconds: number): void => {
  const then = Date.now() / 1000 - seconds
  utimesSync(lock(), then, then)
}

describe('a folder', () => {
  it('names its owner, and nobody after it is released', () => {
    const owned = ownFolder(folder)
    owned.announce('/somewhere/control.sock')
    expect(folderOwner(folder)).toMatchObject({
      pid: process.pid,
      host: hostname(),
      started: processStart(process.pid),
      address: '/somewhere/control.sock',
    })
    owned.release()
    expect(folderOwner(folder)).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused to a second process, with its owner named', async () => {
    const { child, go } = starter()
    expect(await go()).toBe('owned')
    expect(() => ownFolder(folder)).toThrow(FolderOwned)
    expect(() => ownFolder(folder)).toThrow(`belongs to process ${child.pid}, which is running`)
  })

  it('is refused to this process a second time', () => {
    ownFolder(folder)
    expect(() => ownFolder(folder)).toThrow(FolderOwned)
  })

  it('is taken over from an owner that was killed', async () => {
    const { child, go } = starter()
    expect(await go()).toBe('owned')
    await kill(child)
    expect(folderOwner(folder)).toBeNull()
    ownFolder(folder)
    expect(folderOwner(folder)?.pid).toBe(process.pid)
    expect(readdirSync(folder)).toEqual(['owner.lock'])
  })

  it.each([
    ['whose number another process has now', () => writeLock({ pid: process.pid })],
    ['that could not be written to its end', () => writeFileSync(lock(), '{"id": "ol')],
    [
      'whose successor died as it took over',
      () => {
        writeLock({})
        const next = readFileSync(lock(), 'utf8').replace('"old"', '"next"')
        writeFileSync(`${lock()}.after.old`, next)
      },
    ],
  ])('is taken over from an owner %s', (_what, leave) => {
    leave()
    ownFolder(folder)
    expect(folderOwner(folder)?.pid).toBe(process.pid)
    expect(readdirSync(folder)).toEqual(['owner.lock'])
  })

  it.each([
    ['on another machine', { host: 'elsewhere.example', place: 'other-boot pid:[1]' }],
    ['in another container of the same name', { place: `${processPlace()}0` }],
    ['where nobody can tell', { place: null }],
  ])('is refused while its owner %s gives signs of life, with what to do', (_what, owner) => {
    // Its number and start would be those of a running process here: they mean nothing.
    writeLock({ pid: process.pid, started: processStart(process.pid), ...owner })
    silent(12)
    expect(() => ownFolder(folder)).toThrow(FolderOwned)
    expect(() => ownFolder(folder)).toThrow(
      /which gave a sign of life 1[23] s ago\. Stop it there.*try again in 1[78] s\.$/,
    )
    expect(folderOwner(folder)).toMatchObject(owner)
    expect(readdirSync(folder)).toEqual(['owner.lock'])
  })

  it.each([
    ['on another machine', { host: 'elsewhere.example', place: 'other-boot pid:[1]' }],
    ['in another container of the same name', { place: `${processPlace()}0` }],
  ])('is taken over from an owner %s that is silent, and named', (_what, owner) => {
    writeLock({ pid: process.pid, started: processStart(process.pid), address: '/a', ...owner })
    silent(31)
    expect(folderOwner(folder)).toBeNull()
    const owned = ownFolder(folder)
    expect(owned.replaced).toMatchObject([{ id: 'old', address: '/a' }])
    expect(folderOwner(folder)?.place).toBe(processPlace())
    expect(readdirSync(folder)).toEqual(['owner.lock'])
  })

  it('is not taken from a running owner here that has been silent: it may be frozen', async () => {
    const { child, go } = starter()
    expect(await go()).toBe('owned')
    child.kill('SIGSTOP')
    silent(1000)
    expect(() => ownFolder(folder)).toThrow(`belongs to process ${child.pid}, which is running`)
  })

  it('renews its lock, and only its own', () => {
    vi.useFakeTimers()
    const lost: string[] = []
    const owned = ownFolder(folder, (sentence) => lost.push(sentence))
    owned.announce('/somewhere/control.sock')
    silent(1000)
    vi.advanceTimersByTime(4000)
    expect(Date.now() - statSync(lock()).mtimeMs).toBeLessThan(30_000)
    expect(folderOwner(folder)).toMatchObject({ address: '/somewhere/control.sock' })
    // Another took it while this process stood still.
    rmSync(lock())
    writeLock({ host: 'elsewhere.example', place: 'other-boot pid:[1]' })
    silent(20)
    const before = statSync(lock()).mtimeMs
    vi.advanceTimersByTime(9000)
    expect(lost).toEqual([expect.stringContaining('process 1 on the machine elsewhere.example')])
    expect(statSync(lock()).mtimeMs).toBe(before)
    owned.release()
    expect(folderOwner(folder)?.host).toBe('elsewhere.example')
  })

  it.each([
    ['free', () => {}],
    ['left by a dead owner', () => writeLock({})],
    [
      'left by a silent owner elsewhere',
      () => {
        writeLock({ place: 'other-boot pid:[1]' })
        silent(60)
      },
    ],
  ])('goes to one of several that start at once when it is %s', async (_what, leave) => {
    leave()
    const starters = Array.from({ length: 4 }, starter)
    const said = await Promise.all(starters.map(({ go }) => go()))
    const winners = starters.filter((_, i) => said[i] === 'owned')
    expect(winners.map(({ child }) => child.pid)).toEqual([folderOwner(folder)?.pid])
    expect(said.filter((word) => word === 'FolderOwned')).toHaveLength(3)
    expect(readdirSync(folder)).toEqual(['owner.lock'])
  })
})
