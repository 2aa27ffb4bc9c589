import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Backlog } from './backlog.ts'

describe('a backlog of writes', () => {
  it('does them in order, one at a time, while their maker goes on', async () => {
    const backlog = new Backlog(3)
    const events: string[] = []
    for (let n = 0; n < 4; n++) {
      await backlog.add(async () => {
        events.push(`begin ${n}`)
        await wait(1)
        events.push(`end ${n}`)
      })
      events.push(`added ${n}`)
    }
    expect(events.indexOf('added 2')).toBeLessThan(events.indexOf('end 0'))
    // No room for the fourth until the first is done.
    expect(events.indexOf('added 3')).toBeGreaterThan(events.indexOf('end 0'))
    await backlog.done()
    const writes = events.filter((e) => !e.startsWith('added'))
    expect(writes).toEqual([0, 1, 2, 3].flatMap((n) => [`begin ${n}`, `end ${n}`]))
  })

  it('begins none after one that failed, and says so', async () => {
    const backlog = new Backlog(1)
    let begun = 0
    const failing = async () => {
      begun += 1
      throw new Error('the disk is full')
    }
    await backlog.add(failing)
    await expect(backlog.add(failing)).rejects.toThrow('the disk is full')
    await expect(backlog.done()).rejects.toThrow('the disk is full')
    await backlog.settled()
    expect(begun).toBe(1)
  })
})
