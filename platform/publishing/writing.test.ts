import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Writing } from './writing.ts'

describe('writes that go on beside other work', () => {
  it('are all done when that is waited for, and one that failed is told then', async () => {
    const writing = new Writing()
    const written: string[] = []
    for (const name of ['a', 'b']) {
      writing.begin(async () => {
        await wait(1)
        written.push(name)
      })
    }
    await writing.done()
    expect(written).toEqual(['a', 'b'])
    writing.begin(async () => {
      throw new Error('the disk is full')
    })
    await wait(1)
    await expect(writing.done()).rejects.toThrow('the disk is full')
  })

  it('end when they are stopped, and nothing is written any more after that', async () => {
    const writing = new Writing()
    const written: number[] = []
    let begun = 0
    writing.begin(async (signal) => {
      for (let n = 0; n < 1000; n++) {
        signal.throwIfAborted()
        begun += 1
        await wait(1)
        written.push(n)
      }
    })
    await wait(5)
    await writing.stop()
    // What was under way is written, and no other is begun.
    expect(written.length).toBe(begun)
    expect(begun).toBeLessThan(1000)
  })
})
