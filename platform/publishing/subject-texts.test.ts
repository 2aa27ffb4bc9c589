import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { SubjectTexts } from './subject-texts.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  // Near and above what waits to be written at once.
  fc.integer({ min: (1 << 16) - 12, max: (1 << 16) + 4 }).map((n) => 'x'.repeat(n)),
)

it('gives each subject its texts as they came, whatever their length and letters', () => {
  // Subjects 0 and 64 share a part.
  const subject = fc.constantFrom(0, 1, 2, 64, 2 ** 31)
  fc.assert(
    fc.property(fc.array(fc.tuple(subject, text)), (added) => {
      const texts = new SubjectTexts()
      try {
        for (const [of, one] of added) texts.add(of, one)
        const expected = Map.groupBy(added, ([of]) => of)
        expect(new Map(texts.all())).toEqual(
          new Map([...expected].map(([of, all]) => [of, all.map(([, one]) => one)])),
        )
      } finally {
        texts.close()
      }
    }),
    { numRuns: 60 },
  )
})

it('leaves nothing that has a name while it is open, nor after', () => {
  const own = mkdtempSync(join(tmpdir(), 'plumbline-own-'))
  vi.stubEnv('TMPDIR', own)
  const texts = new SubjectTexts()
  texts.add(1, 'x'.repeat(1 << 17))
  expect(readdirSync(own)).toEqual([])
  texts.close()
  expect(readdirSync(own)).toEqual([])
  vi.unstubAllEnvs()
  rmdirSync(own)
})
