import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Queue } from './queue.ts'

/** A queue whose work ends when the test says so. */
function held() {
  const ends = new Map<string, () => void>()
  const done: string[] = []
  const queue = new Queue(async (id) => {
    await new Promise<void>((resolve) => ends.set(id, resolve))
    ends.delete(id)
    done.push(id)
  })
  const end = async (id: string): Promise<void> => {
    ends.get(id)?.()
    await new Promise(setImmediate)
  }
  return { queue, done, end, running: () => [...ends.keys()] }
}

describe('files that wait for their work', () => {
  it('are worked on two at a time, small ones first, and know who is before them', async () => {
    const { queue, end, running } = held()
    queue.add({ id: 'large', bytes: 900 })
    queue.add({ id: 'larger', bytes: 950 })
    queue.add({ id: 'middle', bytes: 50 })
    queue.add({ id: 'small', bytes: 5 })
    queue.add({ id: 'small', bytes: 5 })
    expect(running()).toEqual(['large', 'larger'])
    expect(['large', 'small', 'middle', 'none'].map((id) => queue.before(id))).toEqual([0, 2, 3, 0])
    await end('large')
    expect(running()).toEqual(['larger', 'small'])
    expect(queue.before('middle')).toBe(2)
  })

  it('are all worked on, never one at two places, whatever is asked when', async () => {
    const asked = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), end: fc.boolean() }),
    )
    await fc.assert(
      fc.asyncProperty(asked, async (steps) => {
        const { queue, done, end, running } = held()
        const wanted = new Set<string>()
        for (const step of steps) {
          if (step.end) await end(running()[0] ?? '')
          else {
            queue.add({ id: step.id, bytes: step.id.charCodeAt(0) })
            wanted.add(step.id)
          }
          expect(running().length).toBeLessThanOrEqual(2)
        }
        while (running().length > 0) await end(running()[0] ?? '')
        await queue.idle()
        expect(new Set(done)).toEqual(wanted)
      }),
    )
  })

  it('asked for once more while they are at work, are worked on once more', async () => {
    const { queue, done, end } = held()
    queue.add({ id: 'a', bytes: 1 })
    queue.add({ id: 'a', bytes: 1 })
    await end('a')
    await end('a')
    await queue.idle()
    expect(done).toEqual(['a', 'a'])
  })
})
