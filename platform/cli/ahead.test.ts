import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Spread, State } from '../comparison/reader.ts'
import { openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { readingAhead } from './ahead.ts'
import { CurrentCatalogue, currentReader } from './current-catalogue.ts'

/** An operator's folder with the made-up clinics. */
function catalogueFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-warm-'))
  mkdirSync(join(folder, 'indicators'))
  writeFileSync(join(folder, 'services.json'), JSON.stringify(clinics.services))
  const indicators = JSON.stringify([...clinics.indicators.values()])
  writeFileSync(join(folder, 'indicators/clinic.json'), indicators)
  return folder
}

const by = { by: 'a test', reason: 'to see' }

describe('a publication that is computed and does not count yet', () => {
  it('can be read ahead, is shown to nobody, and is forgotten where it never counts', async () => {
    const db = await prepare(await openDatabase(testPGlite(null)))
    const folder = catalogueFolder()
    const reader = currentReader(db, new CurrentCatalogue(() => [folder]), () => {})
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const before = await reader.state()
    const opened: string[] = []
    const ahead = readingAhead(reader, async (path) => opened.push(path))
    const draft = async (rows: string): Promise<readonly number[]> =>
      (
        await importFiles(db, clinics, [writeFile('clinics-2025.csv', rows)], {
          accept: 0,
          by: 'a test',
        })
      ).drafts
    const spreadIn = (state: State): Promise<Spread | null> =>
      reader.spread(state, 'seen-in-time', '2025')

    const stopped = new AbortController()
    const told: number[] = []
    let early: Spread | null = null
    const publishing = publish(db, clinics, await draft(clinicRows()), {
      ...by,
      signal: stopped.signal,
      ahead: async (publication) => {
        told.push(publication)
        await ahead.read(publication)
        early = await spreadIn({ ...before, publication })
        expect(await reader.state()).toEqual(before)
        expect(await spreadIn(await reader.state())).toBeNull()
        stopped.abort(new Error('Stopped by the test'))
      },
    })
    await expect(publishing).rejects.toThrow('Stopped by the test')
    expect(told).toEqual([before.publication + 1])
    expect(early).not.toBeNull()
    expect(await reader.state()).toEqual(before)

    ahead.forget()
    const others = clinicRows().split('\n').slice(0, -3).join('\n')
    const drafts = await draft(others)
    await publish(db, clinics, drafts, {
      ...by,
      ahead: (publication) => ahead.read(publication),
    })
    // It counts, and visitors stay where they were until what its pages rest on is in memory.
    expect((await reader.state()).publication).toBe(before.publication)
    expect(await reader.release(await reader.state(), drafts[0] as number)).toBeNull()
    expect(opened).toEqual([])
    await ahead.counted()
    const after = await reader.state()
    const then = `?as-of=${encodeURIComponent(after.at as string)}`
    expect(opened.map((path) => path.replace(/C\d+/, 'C1'))).toContain(`/providers/C1${then}`)
    expect(after.publication).toBe(told[0])
    // Nothing that tells which releases count was kept as it was before.
    expect(await reader.release(after, drafts[0] as number)).not.toBeNull()
    const releases = await reader.releases(after, { limit: 20 })
    expect(JSON.stringify(releases)).toContain(`"id":${drafts[0]},`)
    expect(await reader.ended(after, 'C1')).toBeNull()
    const late = await spreadIn(after)
    expect(late?.values.length).toBeGreaterThan(0)
    expect(late?.values.length).toBeLessThan((early as Spread | null)?.values.length ?? 0)
    await db.close()
  })
})
