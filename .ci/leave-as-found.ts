import { afterAll, expect, vi } from 'vitest'

// Files of tests are run in one process after the other and share the modules they load. Whichever leaves the
// process other than it found it fails, not a later one that nobody could explain.
const environment = { ...process.env }
const state = () => ({
  folder: process.cwd(),
  clock: vi.isFakeTimers() ? 'a false one' : 'the true one',
  globals: [globalThis.Date, globalThis.fetch, Math.random],
})
const found = state()

/** Names alone: what a variable holds may be a secret, and what fails is printed. */
const changedVariables = (): string[] =>
  [...new Set([...Object.keys(environment), ...Object.keys(process.env)])].filter(
    (name) => environment[name] !== process.env[name],
  )

afterAll(() => {
  expect(changedVariables(), 'Variables of the environment that tests left changed').toEqual([])
  expect(state(), 'What tests left other than they found it').toEqual(found)
})
