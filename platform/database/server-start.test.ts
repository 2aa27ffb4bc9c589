import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { refuseOldServer, ServerUnusable } from './server-start.ts'

describe('a PostgreSQL server', () => {
  it.each(['150004', '180000'])('of version %s is taken', (version) => {
    expect(() => refuseOldServer(version)).not.toThrow()
  })

  it.each(['140012', '90624'])('of version %s is refused with a sentence', (version) => {
    expect(() => refuseOldServer(version)).toThrow(ServerUnusable)
    expect(() => refuseOldServer(version)).toThrow('needs 15 or later')
  })

  it('that nobody runs is named without its password', async () => {
    const url = 'postgres://someone:secret@127.0.0.1:1/figures'
    const opening = openDatabase({ kind: 'postgres', url })
    await expect(opening).rejects.toThrow('"figures" on 127.0.0.1:1 could not be opened: connect')
    await expect(opening).rejects.not.toThrow('secret')
  })
})
