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
      'wilson-rounded-counts': 'Rounded counts',
      'published-weighted': 'Weighted shares',
      'byar-rounded-counts': 'Rounded counts',
    }
    for (const method of intervalMethods) expect(body).toContain(words[method])
  })
})

const root = new URL('../', import.meta.url)
const security = page('security.md')

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first in each. */
const sections: Readonly<Record<string, readonly number[]>> = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  5: [1, 3, 2, 3],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  10: [2, 2, 4, 11, 5, 2, 3],
  11: [2, 3, 3, 4, 1, 1],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7],
  16: [1, 5, 4, 3, 3],
  17: [1, 4, 2],
}
const required = Object.entries(sections).flatMap(([chapter, counts]) =>
  counts.flatMap((count, i) =>
    Array.from({ length: count }, (_, n) => `${chapter}.${i + 1}.${n + 1}`),
  ),
)

const answers = ['Yes', 'Partly', 'Not yet', 'Does not apply'] as const
type Answer = (typeof answers)[number]

/** The numbers that a cell names: `1.2.6 – 1.2.8`, `1.3.4, 1.3.5`. */
function numbersIn(cell: string): string[] {
  return cell.split(',').flatMap((part) => {
    const [from = '', to = from] = part.split('–').map((n) => n.trim())
    const section = from.replace(/\d+$/, '')
    const [first, last] = [from, to].map((n) => Number(n.split('.')[2]))
    return Array.from(
      { length: (last ?? 0) - (first ?? 0) + 1 },
      (_, n) => `${section}${(first ?? 0) + n}`,
    )
  })
}

const rows = [...security.matchAll(/^\| (\d+\.\d+\.\d+[^|]*)\|[^|]*\| (.*?) *\|$/gm)].map(
  ([, cell = '', text = '']) => ({
    numbers: numbersIn(cell),
    text,
    answer: answers.find((a) => text === a || text.startsWith(`${a}: `)) ?? null,
  }),
)
const filesIn = (text: string): string[] =>
  [...text.matchAll(/`((?:platform|packages|docs|examples|\.ci)\/[^`\s]+|[\w-]+\.json)`/g)].map(
    ([, file = '']) => file,
  )

describe('the page about security', () => {
  it('names files that exist', () => {
    const linked = [...security.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, to = '']) => `docs/${to}`,
    )
    const named = [...filesIn(security), ...linked]
    expect(named.length).toBeGreaterThan(200)
    expect(named.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
  })

  it('answers each requirement of levels 1 and 2 once, and no other', () => {
    expect(required).toHaveLength(253)
    expect(rows.flatMap((r) => r.numbers)).toEqual(required)
  })

  it('says of each which it is, and names what answers it', () => {
    const bare = rows.filter(
      ({ answer, text }) =>
        answer === null ||
        ((answer === 'Yes' || answer === 'Partly') && filesIn(text).length === 0),
    )
    expect(bare.map((r) => r.numbers)).toEqual([])
  })

  it.each(answers)('counts “%s” right', (answer: Answer) => {
    const many = rows.filter((r) => r.answer === answer).flatMap((r) => r.numbers).length
    expect(security).toMatch(new RegExp(`^\\| ${answer} +\\| ${many} +\\|$`, 'm'))
  })
})
