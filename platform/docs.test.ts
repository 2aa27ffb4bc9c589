import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeVerbs } from './cli/verbs.ts'
import { intervalMethods } from './comparison/figures.ts'
import { exitCodes } from './control/verb.ts'
import { fixtureReader } from './web/fixture.ts'
import { query } from './web/query.ts'
import { routes } from './web/routes.ts'
import { buildServer } from './web/server.ts'

const page = (name: string): string =>
  readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')

const catalogue = {
  descriptors: [],
  indicators: new Map(),
  services: [],
  standards: new Map(),
  fairness: new Map(),
  cards: new Map(),
  studies: new Map(),
}

describe('the documentation', () => {
  it.each(['start', ...makeVerbs(catalogue).keys()])('has a heading for the verb %s', (verb) => {
    expect(page('command-line.md')).toContain(`### plumbline ${verb}\n`)
  })

  it.each(routes.map(([path]) => path))('has a row for the address %s', (path) => {
    expect(page('addresses.md')).toContain(`\n| \`${path}\` `)
  })

  it.each(Object.keys(query.shape))('says what %s in an address asks', (name) => {
    expect(page('addresses.md')).toContain(`\`${name}`)
  })

  const answers = page('security.md').match(/`(?:platform|packages|\.ci)\/[^`]+`/g) ?? []
  it.each([...new Set(answers)])('names as an answer of security %s, which is there', (path) => {
    expect(existsSync(new URL(`../${path.replaceAll('`', '')}`, import.meta.url))).toBe(true)
  })

  it.each(Object.values(exitCodes))('explains the exit code %i', (code) => {
    expect(page('operations.md')).toMatch(new RegExp(`\\| ${code}\\b`))
  })
})

describe('the page of methods', () => {
  it('says how each kind of interval comes about', async () => {
    const app = await buildServer({
      reader: fixtureReader,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    const { body } = await app.inject('/about/methods')
    await app.close()
    const words: Record<(typeof intervalMethods)[number], string> = {
      published: 'own limits',
      wilson: 'Wilson',
      'wilson-rounded': 'Rounded percentages',
      byar: 'Byar',
      'published-rescaled': 'scaled from',
    }
    for (const method of intervalMethods) expect(body).toContain(words[method])
  })
})
