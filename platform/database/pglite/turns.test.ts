import { describe, expect, it } from 'vitest'
import { Turns } from './turns.ts'

/** Runs all that waits; `holds` are statements after which their asker is in a transaction. */
function order(pending: Record<string, string[]>, holds: string[] = [], ends: string[] = []) {
  const turns = new Turns<string, { pending: string[] }>()
  for (const list of Object.values(pending)) turns.join({ pending: list })
  const served: string[] = []
  for (let turn = turns.next(); turn; turn = turns.next()) {
    served.push(turn.statement)
    if (holds.includes(turn.statement)) turns.hold(turn.who)
    if (ends.includes(turn.statement)) turns.hold(null)
  }
  return served
}

describe('turns', () => {
  it('serve a page between the statements of an import', () => {
    expect(order({ import: ['i1', 'i2', 'i3'], page: ['p1'] })).toEqual(['i1', 'p1', 'i2', 'i3'])
  })

  it('serve a transaction alone until it ends', () => {
    const pending = { import: ['begin', 'i1', 'commit', 'i2'], page: ['p1', 'p2'] }
    expect(order(pending, ['begin'], ['commit'])).toEqual([
      'begin',
      'i1',
      'commit',
      'p1',
      'i2',
      'p2',
    ])
  })

  it('let the others on when the one in a transaction leaves', () => {
    const turns = new Turns<string, { pending: string[] }>()
    const gone = { pending: [] as string[] }
    turns.join(gone)
    turns.join({ pending: ['p1'] })
    turns.hold(gone)
    expect(turns.next()).toBeNull()
    expect(turns.leave(gone)).toBe(true)
    expect(turns.next()?.statement).toBe('p1')
  })
})
