import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { problemKinds } from '../../api/problem.ts'
import { fixtureReader } from '../../fixture.ts'
import { buildServer } from '../../server.ts'

let app: Awaited<ReturnType<typeof buildServer>>
let html: string

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  html = (await app.inject({ url: '/api', headers: { accept: 'text/html' } })).body
})
afterAll(() => app.close())

it('shows a program that makes a table as it stands', async () => {
  const shown = /aria-label="A program that makes a table">([^]*?)<\/pre>/.exec(html)?.[1] ?? ''
  const { port } = app.server.address() as AddressInfo
  const program = shown.replaceAll('&amp;', '&').replace('https://…', `http://127.0.0.1:${port}`)
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(program)}`)
  const lines = log.mock.calls
  log.mockRestore()
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.some(([, , status, value]) => status === 'value' && typeof value === 'number')).toBe(
    true,
  )
})

it('leads to each operation from a list of all', () => {
  const listed = [...html.matchAll(/<li><a class="govuk-link" href="#(\w+)">/g)].map((m) => m[1])
  expect(listed.length).toBeGreaterThan(24)
  for (const id of listed) expect(html).toContain(`id="${id}"`)
})

it('says of every kind of problem what to do', () => {
  for (const kind of Object.keys(problemKinds)) {
    const row = new RegExp(`id="${kind}">[^]*?__value">([^]*?)</dd>`).exec(html)?.[1]
    expect(row, kind).toMatch(/\. [A-Z].+\.$/)
  }
})
