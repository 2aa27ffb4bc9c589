import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueFolder, gaveWay } from '../../examples/aldermere/about.ts'
import { buildAldermere, isMissing } from '../../examples/aldermere/build.ts'
import { storedDigests } from '../../examples/aldermere/digests.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { removeUnfinished } from '../publishing/draft.ts'
import { removeStaged } from '../publishing/publish.ts'
import { clinicRows, clinics, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { makeExample } from './first-run.ts'
import { makeVerbs } from './verbs.ts'

const example = loadCatalogue([catalogueFolder])
const catalogue = {
  descriptors: [...example.descriptors, ...clinics.descriptors],
  indicators: new Map([...example.indicators, ...clinics.indicators]),
  services: [...example.services, ...clinics.services],
  standards: example.standards,
  fairness: example.fairness,
  cards: example.cards,
  studies: example.studies,
}
const never = new AbortController().signal
/** Files of each batch of the example. */
const [first = 0, corrected = 0] = storedDigests().map((batch) => Object.keys(batch).length)
/** What people tell is counted for each of the example's six services, after the first batch. */
const counted = 6
/** Then the surveys that have ended. */
const asked = 3
/** The paper's own figures come in two files. */
const all = first + counted + asked + corrected + 2

describe.each(testDatabases())('the first start on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  /** A build that fails at the first progress of which `when` holds, and what then lies about. */
  const dieWhen = async (when: (label: string, batch: number) => boolean): Promise<void> => {
    let batch = 0
    let last = ''
    const building = buildAldermere(db, catalogue, {
      onProgress: ({ label, done }) => {
        if (label.startsWith('Reading') && !last.startsWith('Reading')) batch += 1
        last = label
        if (done > 0 && when(label, batch)) throw new Error('killed')
      },
    })
    await expect(building).rejects.toThrow('killed')
    await removeStaged(db)
    await removeUnfinished(db)
  }
  const published = async (): Promise<number> =>
    (await db.query('select id from release where published_in is not null')).length

  it('is made good by the next one where it died while reading, publishing, counting answers or correcting', async () => {
    await dieWhen((label) => label.startsWith('Reading'))
    expect(await published()).toBe(0)
    await dieWhen((label) => label === 'Publishing')
    expect(await published()).toBe(0)
    await dieWhen((label, batch) => label === 'Publishing' && batch === 2)
    expect(await published()).toBe(first + counted)
    await dieWhen((label, batch) => label === 'Publishing' && batch === 2)
    expect(await published()).toBe(first + counted + asked)
    expect(await isMissing(db)).toBe(true)
    const events: ProgressEvent[] = []
    await makeExample(db, catalogue, (e) => events.push(e), never)
    // What follows from figures is computed after them, under labels of its own.
    const publishing = events.filter((e) => e.kind === 'progress' && e.label === 'Publishing')
    expect(publishing.at(-1)).toMatchObject({ secondsLeft: 0 })
    expect(await published()).toBe(all)
    expect(await db.query(`select id from release where published_in is null`)).toEqual([])
    expect(await makeReader(db, catalogue).state()).toMatchObject({
      publication: 5,
      invented: true,
    })
  })

  it('is not repeated by the second, even where a release has been withdrawn', async () => {
    const withdraw = makeVerbs(catalogue).get('withdraw')
    const context = { db, cwd: '/' }
    // One that no later one has taken the place of.
    const [register] = await db.query<{ id: number }>(
      `select id from release where dataset = 'aldermere-register-primary-schools' and ended_in is null`,
    )
    const args = [String(register?.id), '--reason', 'to see']
    expect(await withdraw?.(args, context, () => {}, never)).toBe(0)
    const events: ProgressEvent[] = []
    await makeExample(db, catalogue, (e) => events.push(e), never)
    expect(events).toEqual([])
    expect(await published()).toBe(all)
  })

  it('makes what gives way to real figures, with a line that says so, and never comes back', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    const said: string[] = []
    const say = (e: ProgressEvent): void => {
      if (e.kind === 'line') said.push(e.text)
    }
    const load = makeVerbs(catalogue).get('import')
    expect(await load?.([path], { db, cwd: '/' }, say, never)).toBe(0)
    expect(said.filter((text) => text === gaveWay)).toHaveLength(1)
    const reader = makeReader(db, catalogue)
    const state = await reader.state()
    expect(state.invented).toBe(false)
    for (const code of ['ALDG01', 'ALDW01', 'ALD']) {
      expect(await reader.subject(state, code)).toBeNull()
    }
    expect(await reader.search(state, 'aldermere')).toEqual([])
    for (const service of ['general-practice', 'police']) {
      expect(await reader.summaries(state, service)).toEqual([])
    }
    const shown = await db.query('select id from release where ended_in is null')
    expect(shown).toHaveLength(3)
    expect((await reader.yardstick.all(state)).size).toBeGreaterThan(50)
    await makeExample(db, catalogue, say, never)
    expect((await reader.state()).publication).toBe(state.publication)
    // Once is enough: a second import of real figures has nothing to replace.
    said.length = 0
    const next = writeFile('clinics-2023.csv', clinicRows())
    expect(await load?.([next], { db, cwd: '/' }, say, never)).toBe(0)
    expect(said).not.toContain(gaveWay)
  })

  it('leaves the yardstick to the operator where the data are real: import --paper', async () => {
    const load = makeVerbs(catalogue).get('import')
    const said: string[] = []
    const say = (e: ProgressEvent): void => {
      if (e.kind === 'line') said.push(e.text)
    }
    expect(await load?.(['--paper'], { db, cwd: '/' }, say, never)).toBe(0)
    expect(said.at(-1)).toBe('There is nothing new to publish.')
    const rows = await db.query<{ id: number }>(
      `select id from release where yardstick and ended_in is null`,
    )
    const withdraw = makeVerbs(catalogue).get('withdraw')
    for (const { id } of rows) {
      await withdraw?.([String(id), '--reason', 'to see'], { db, cwd: '/' }, () => {}, never)
    }
    const reader = makeReader(db, catalogue)
    expect((await reader.yardstick.all(await reader.state())).size).toBe(0)
    await makeExample(db, catalogue, () => {}, never)
    expect((await reader.yardstick.all(await reader.state())).size).toBe(0)
    expect(await load?.(['--paper'], { db, cwd: '/' }, say, never)).toBe(0)
    expect(said.at(-1)).toMatch(/^Published 2 releases/)
    const state = await reader.state()
    expect(state.invented).toBe(false)
    expect((await reader.yardstick.all(state)).size).toBeGreaterThan(50)
  })
})
