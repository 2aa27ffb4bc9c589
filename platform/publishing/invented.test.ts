import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { findDescriptor } from '../evidence/match.ts'
import { makeReader } from '../reader.ts'
import { checkFiles, importFiles } from './import.ts'
import { InventedBesideReal } from './invented.ts'
import { publish, withdraw } from './publish.ts'
import { clinicRows, clinics, header, importAndPublish, prepare, writeFile } from './testing.ts'

/**
 * Clinics as they are, the same of an invented place, in files that begin with "made-", and of a
 * yardstick, in files that begin with "known-".
 */
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [
    ...clinics.descriptors.map((d) => ({
      ...d,
      match: { ...d.match, name: `^${d.match.name}` },
    })),
    ...clinics.descriptors.map((d) =>
      descriptorSchema.parse({
        ...d,
        id: 'made-clinics',
        dataset: 'made-clinics',
        invented: true,
        match: { ...d.match, name: `^made-${d.match.name}` },
      }),
    ),
    ...clinics.descriptors.map((d) =>
      descriptorSchema.parse({
        ...d,
        id: 'known-clinics',
        dataset: 'known-clinics',
        yardstick: true,
        observations: d.observations.map((o) => ({ ...o, indicator: 'known-in-time' })),
        match: { ...d.match, name: `^known-${d.match.name}` },
      }),
    ),
  ],
  indicators: new Map(
    [...clinics.indicators].flatMap(([code, i]) => [
      [code, i],
      ['known-in-time', { ...i, code: 'known-in-time' }],
    ]),
  ),
  standards: new Map(),
  cards: new Map(),
  studies: new Map(),
  services: [
    ...clinics.services,
    { ...clinics.services[0]!, code: 'made-service', name: 'Made up', invented: true },
  ],
}

const real = () => writeFile('clinics-2024.csv', clinicRows())
const invented = (name = 'made-clinics-2024.csv') =>
  writeFile(
    name,
    clinicRows((_, line) => line.replace('C1', 'C9').replace('Clinic', 'Madeup')),
  )

describe.each(testDatabases())('invented figures on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(
      'truncate subject, subject_alias, indicator, publication, release, refused_row, description, boundary, observation_series, listing, sheet, comparison_series, peer_group, release_change cascade',
    )
  })

  it('are marked in the state that holds them', async () => {
    const reader = makeReader(db, catalogue)
    expect(await reader.state()).toMatchObject({ publication: 0, invented: false })
    await importAndPublish(db, catalogue, [invented()])
    const state = await reader.state()
    expect(state).toMatchObject({ publication: 1, invented: true })
    expect(reader.services(state).map((s) => s.code)).toContain('made-service')
  })

  it('give way to the first real ones, which are all that is found from then on', async () => {
    const reader = makeReader(db, catalogue)
    await importAndPublish(db, catalogue, [invented(), invented('made-clinics-2023.csv')])
    const before = await reader.state()
    const { drafts } = await importFiles(db, catalogue, [real()], { accept: 0, by: 'a test' })
    const published = await publish(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
    expect(published.gaveWay).toHaveLength(2)
    const state = await reader.state()
    expect(state.invented).toBe(false)
    expect(reader.services(state).map((s) => s.code)).not.toContain('made-service')
    for (const id of published.gaveWay) {
      expect((await reader.release(state, id))?.release.status).toBe('withdrawn')
    }
    expect(await reader.subject(state, 'C903')).toBeNull()
    expect(
      (await reader.search(state, 'madeup')).filter((h) => h.name.startsWith('Madeup')),
    ).toEqual([])
    expect((await reader.subject(state, 'C103'))?.name).toBe('Clinic 3')
    const page = await reader.indicatorPage(state, 'seen-in-time', { size: 100 })
    expect(page?.total).toBe(40)
    expect(page?.summary.periods).toEqual(['2024'])
    const peers = await reader.peers(state, 'C103')
    expect(peers).toHaveLength(30)
    expect(peers.filter((p) => p.code.startsWith('C9'))).toEqual([])
    // What was published before can still be seen as it was.
    const then = await reader.state(before.at ?? '')
    expect(then).toMatchObject({ publication: 1, invented: true })
    expect((await reader.subject(then, 'C903'))?.name).toBe('Madeup 3')
    expect(await reader.subject(then, 'C103')).toBeNull()
  })

  it('are refused where there are real ones, checked or imported', async () => {
    await importAndPublish(db, catalogue, [real()])
    const options = { accept: 0, by: 'a test' }
    for (const take of [checkFiles, importFiles]) {
      const { files, accepted } = await take(db, catalogue, [invented()], options)
      expect(accepted).toBe(false)
      expect(files[0]).toMatchObject({ outcome: 'refused' })
      expect(files[0]?.sentence).toMatch(/^These figures are invented/)
    }
    expect((await db.query('select id from release')).length).toBe(1)
  })

  it('are refused beside real drafts, and beside real files of the same import', async () => {
    const options = { accept: 0, by: 'a test' }
    const both = await importFiles(db, catalogue, [real(), invented()], options)
    expect(both.accepted).toBe(false)
    expect(await db.query('select id from release')).toEqual([])
    await importFiles(db, catalogue, [real()], options)
    const { accepted } = await importFiles(db, catalogue, [invented()], options)
    expect(accepted).toBe(false)
  })

  it('are kept beside a real draft that somebody handed in in the browser and nobody has published', async () => {
    const options = { accept: 0, by: 'a test' }
    const { drafts } = await importFiles(db, catalogue, [real()], options)
    await db.query(
      `insert into upload (id, person_id, file_name, bytes, sha256, folder, state, release)
       values ($1, null, 'clinics-2024.csv', 1, 'x', 'x', 'ready', $2)`,
      [randomUUID(), drafts[0]],
    )
    const { accepted, drafts: made } = await importFiles(db, catalogue, [invented()], options)
    expect(accepted).toBe(true)
    const publishing = publish(db, catalogue, [...drafts, ...made], {
      by: 'a test',
      reason: 'both',
    })
    await expect(publishing).rejects.toThrow(InventedBesideReal)
    await publish(db, catalogue, made, { by: 'a test', reason: 'to see' })
    await publish(db, catalogue, drafts, { by: 'a test', reason: 'the real ones' })
    expect(await makeReader(db, catalogue).state()).toMatchObject({
      publication: 2,
      invented: false,
    })
    expect((await importFiles(db, catalogue, [invented()], options)).accepted).toBe(false)
  })

  it('are not published when real ones have come since they were drafted', async () => {
    const options = { accept: 0, by: 'a test' }
    const { drafts } = await importFiles(db, catalogue, [invented()], options)
    await importAndPublish(db, catalogue, [real()])
    const publishing = publish(db, catalogue, drafts, { by: 'a test', reason: 'too late' })
    await expect(publishing).rejects.toThrow(InventedBesideReal)
    expect((await makeReader(db, catalogue).state()).publication).toBe(1)
  })

  it('stand beside a yardstick, whichever came first, and it outlasts them', async () => {
    const known = () =>
      writeFile(
        'known-clinics-2024.csv',
        clinicRows((_, line) => line.replace('C1', 'C8').replace('Clinic', 'Known')),
      )
    const reader = makeReader(db, catalogue)
    const first = await importAndPublish(db, catalogue, [known()])
    expect(await reader.state()).toMatchObject({ publication: 1, invented: false })
    await importAndPublish(db, catalogue, [invented()])
    expect(await reader.state()).toMatchObject({ publication: 2, invented: true })
    expect((await reader.subject(await reader.state(), 'C803'))?.name).toBe('Known 3')
    await withdraw(db, catalogue, first.drafts[0] as number, { by: 'a test', reason: 'to see' })
    await importAndPublish(db, catalogue, [known()])
    const beside = await reader.state()
    expect(beside.invented).toBe(true)
    expect((await reader.subject(beside, 'C903'))?.name).toBe('Madeup 3')
    await importAndPublish(db, catalogue, [real()])
    const after = await reader.state()
    expect(after.invented).toBe(false)
    expect(await reader.subject(after, 'C903')).toBeNull()
    expect((await reader.subject(after, 'C803'))?.name).toBe('Known 3')
    const again = await importFiles(db, catalogue, [known()], { accept: 0, by: 'a test' })
    expect(again).toMatchObject({ accepted: true, drafts: [] })
  })

  it('are never read from a file of another name, however alike its columns', async () => {
    const [d] = catalogue.descriptors
    const byRow = descriptorSchema.parse({
      ...d,
      match: { name: '^made-', columns: ['code', 'name', 'seen'] },
      period: { from: 'column', column: 'year', kind: 'year' },
    })
    const path = writeFile('unknown.csv', 'code,name,seen,year\nC1,One,5,2024\n')
    expect(await findDescriptor(path, 'unknown.csv', [byRow])).not.toBeNull()
    expect(await findDescriptor(path, 'unknown.csv', [{ ...byRow, invented: true }])).toBeNull()
  })

  it('a provider that only a withdrawn release described is gone, and back when it returns', async () => {
    const reader = makeReader(db, catalogue)
    await importAndPublish(db, catalogue, [real()])
    const lone = writeFile('clinics-2023.csv', `${header}\nC500,Lone Clinic,town,50,100,200\n`)
    const added = await importAndPublish(db, catalogue, [lone])
    const before = await reader.state()
    expect((await reader.subject(before, 'C500'))?.name).toBe('Lone Clinic')
    expect((await reader.search(before, 'lone'))[0]?.code).toBe('C500')
    const [id] = added.drafts
    await withdraw(db, catalogue, id as number, { by: 'a test', reason: 'it was wrong' })
    const now = await reader.state()
    expect(await reader.subject(now, 'C500')).toBeNull()
    expect((await reader.search(now, 'lone')).map((h) => h.code)).not.toContain('C500')
    expect((await reader.peers(now, 'C103')).map((p) => p.code)).not.toContain('C500')
    const then = await reader.state(before.at ?? '')
    expect((await reader.subject(then, 'C500'))?.series).toHaveLength(1)
    await importAndPublish(db, catalogue, [lone])
    expect((await reader.subject(await reader.state(), 'C500'))?.name).toBe('Lone Clinic')
  })
})
