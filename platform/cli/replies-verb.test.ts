import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { askCorrection } from '../replies/correction.ts'
import { usualClock } from '../replies/deadline.ts'
import type { KnownMatter } from '../replies/matter.ts'
import { giveReply } from '../replies/reply.ts'
import { makeCorrectionsVerb, makeRepliesVerb } from './replies-verb.ts'

const verbs = new Map([
  ['replies', makeRepliesVerb(clinics)],
  ['corrections', makeCorrectionsVerb(clinics, null)],
])
const matter: KnownMatter = {
  ...{ provider: 'C101', kind: 'figure', about: 'seen-in-time', providerName: 'Clinic 1' },
  ...{ name: 'Seen in time', period: '2023', service: 'clinic' },
}

describe.each(testDatabases())('plumbline replies and corrections on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, clinics, [writeFile('clinics-2023.csv', clinicRows())])
  })
  afterAll(() => db.close())

  const typed = async (verb: string, ...args: string[]) => {
    const lines: string[] = []
    const code = await runVerb(verbs, verb, args, { db, cwd: '/' }, (event) => {
      if (event.kind === 'line') lines.push(event.text)
    })
    return { code, text: lines.join('\n') }
  }

  it('say that there are none', async () => {
    expect(await typed('replies')).toEqual({ code: 0, text: 'Nobody has replied.' })
    expect(await typed('corrections')).toEqual({
      code: 0,
      text: 'No request for a correction waits.',
    })
  })

  it('list what was said and what waits, the late ones marked', async () => {
    await db.transaction(async (tx) => {
      const reply = { text: 'It was 40\nof 78.', role: 'lead', givenOn: '2024-05-04' }
      await giveReply(tx, matter, reply)
      const asked = { wrong: 'Zanzibar', rightIs: '40 of 78', evidence: 'the list' }
      const more = { isPrivate: false, role: 'lead', askedOn: '2024-05-04' }
      await askCorrection(tx, matter, { ...asked, ...more }, usualClock)
    })
    expect((await typed('replies')).text).toMatch(
      /2024-05-04 {2}C101, figure seen-in-time, by its lead \(entry \d+\)\n {3}It was 40 of 78\./,
    )
    const { text } = await typed('corrections')
    expect(text).toContain('1  C101, figure seen-in-time, late')
    expect(text).toContain('it is to be answered by 17 May 2024')
  })

  it('erase the words of a request everywhere, once, with a reason', async () => {
    expect((await typed('corrections', 'erase', '1')).code).toBe(3)
    expect((await typed('corrections', 'erase', 'x', '--reason', 'y')).code).toBe(3)
    expect((await typed('corrections', 'erase', '9', '--reason', 'they asked')).code).toBe(2)
    const done = await typed('corrections', 'erase', '1', '--reason', 'its author asked for it')
    expect(done).toEqual({
      code: 0,
      text: 'The words of request 1 are erased. That it was asked for stays.',
    })
    const left = await db.query(
      `select value from record_personal where value like '%Zanzibar%'
       union all select wrong from correction_text`,
    )
    expect(left).toEqual([])
    expect((await typed('corrections')).text).toContain('1  C101')
    expect((await verifyStored(db)).fault).toBeNull()
    expect((await typed('corrections', 'erase', '1', '--reason', 'again')).code).toBe(2)
  })
})
