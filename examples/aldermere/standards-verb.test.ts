import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerbs } from '../../platform/cli/verbs.ts'
import { runVerb } from '../../platform/control/verb.ts'
import { writeFile } from '../../platform/publishing/testing.ts'
import { catalogueFolder } from './about.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
beforeAll(async () => {
  opened = await openAldermere()
})
afterAll(() => opened?.db.close())

async function verb(...args: string[]): Promise<{ code: number; said: string }> {
  const { db, catalogue } = opened
  let said = ''
  const code = await runVerb(makeVerbs(catalogue), 'standards', args, { db, cwd: '/' }, (e) => {
    if (e.kind === 'line') said += `${e.text}\n`
  })
  return { code, said }
}

const shipped: { code: string; steps: object[] }[] = JSON.parse(
  readFileSync(join(catalogueFolder, 'standards/aldermere.json'), 'utf8'),
)
const [floor] = shipped

describe('plumbline standards', () => {
  it('lists them with their state and what they judge', async () => {
    const { code, said } = await verb('--service', 'primary-school')
    expect(code).toBe(0)
    expect(said).toContain('ald-floor-primary (floor, adopted): Half of pupils reach')
    expect(said).toMatch(/at least 50\.0%\. 2024-25: \d+ met, 2 not met, \d+ not shown either way/)
    expect(said).toContain('ks2-floor-attainment (floor, withdrawn)')
    expect(said).not.toContain('ald-entitlement-gp')
  })

  it('tries a draft by the rule by which the adopted one judged, and stores nothing', async () => {
    const { said: list } = await verb('--service', 'primary-school')
    const judged = /2024-25: \d+ met, 2 not met[^.]+\./.exec(list)?.[0] ?? 'nothing'
    const draft = { ...floor, code: 'draft', steps: floor?.steps.slice(0, 1) }
    const { code, said } = await verb('try', writeFile('draft.json', JSON.stringify(draft)))
    expect(code).toBe(0)
    expect(said).toContain(judged)
    expect(said).toContain('Nothing was stored.')
    const rows = await opened.db.query("select 1 from standard where code = 'draft'")
    expect(rows).toEqual([])
  })

  it('tries a standard with a part of the same file', async () => {
    const easy = { ...floor, code: 'easy', threshold: { fixed: 1 } }
    const either = { ...floor, code: 'either', alternatives: [['easy']] }
    const { said } = await verb('try', writeFile('two.json', JSON.stringify([either, easy])))
    const counts = said.split('\n').filter((line) => line.includes('2024-25'))
    expect(counts).toHaveLength(2)
    expect(counts[0]).toContain(' 0 not met')
    expect(counts[0]).toBe(counts[1])
  })

  it('says what is wrong with a file, and refuses to try it', async () => {
    const path = writeFile('wrong.json', JSON.stringify({ ...floor, kind: 'ceiling' }))
    for (const act of ['check', 'try']) {
      const { code, said } = await verb(act, path)
      expect(code).toBe(2)
      expect(said).toMatch(/^ald-floor-primary: kind: /)
    }
    const right = writeFile('right.json', JSON.stringify(shipped))
    expect(await verb('check', right)).toMatchObject({ code: 0 })
  })

  it('refuses words that it does not know', async () => {
    for (const words of [['chek', 'a'], ['check'], ['check', '/nothing.json'], ['--nobody']]) {
      expect((await verb(...words)).code).toBe(3)
    }
    expect((await verb('--service', 'depot')).said).toContain('There is no service depot.')
  })
})
