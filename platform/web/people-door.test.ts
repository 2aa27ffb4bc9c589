import { describe, expect, it } from 'vitest'
import { homeForLetters } from './people-door.ts'

const socket = { localPort: 3000 } as never

describe('letters', () => {
  it('all lead to the name by which this machine was asked last, whoever writes them', () => {
    let home = 'http://127.0.0.1:3000'
    const door = {
      address: null,
      askedAt: (asked: string) => {
        home = asked
      },
    }
    expect(homeForLetters({ host: 'localhost:3000', socket }, door)).toBe('http://localhost:3000')
    expect(home).toBe('http://localhost:3000')
  })

  it('never lead to a name that a request pretends, nor elsewhere than the address that is set', () => {
    const told: string[] = []
    const askedAt = (asked: string): void => void told.push(asked)
    const evil = { host: 'evil.example', socket }
    expect(homeForLetters(evil, { address: null, askedAt })).toBe('http://localhost:3000')
    const own = { address: 'https://plumbline.example', askedAt }
    expect(homeForLetters({ host: 'localhost:3000', socket }, own)).toBe(own.address)
    expect(told).toEqual([])
  })
})
