import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actOf, inParts, recordOf, withoutHashes } from '../test/records.ts'
import { type Entry, readEntry, writeEntry } from './entry.ts'
import { exportHead, exportLine, NoExport, openExport } from './export.ts'
import { hex } from './merkle/hash.ts'
import { newSigner } from './note.ts'
import { type RecordLine, verifyRecord } from './verify.ts'

const signer = newSigner('example.org/record')
const trusted = [signer.verifier]
const whole = recordOf(12, { signer, at: [4, 8, 12] })
const verify = (lines: readonly RecordLine[], known: readonly string[] = []) =>
  verifyRecord(inParts(lines), trusted, known)

/** Only its entries; `kept` as a database keeps hashes beside them. */
const entries: readonly RecordLine[] = whole.lines.filter((l) => 'text' in l)
const texts = (lines: readonly RecordLine[]): string[] =>
  lines.flatMap((l) => ('text' in l ? [l.text] : []))
const change = (text: string, changes: Partial<Entry>): RecordLine => {
  const { number, at, previous, ...act } = { ...(readEntry(text) as Entry), ...changes }
  return { text: writeEntry(act, { number, at, previous }).text }
}
/** Another text in place of an entry's, with the hashes of the entry itself. */
const keptWith = (n: number, other: RecordLine): RecordLine => {
  const kept = entries[n - 1]
  if (!kept || !('hashes' in kept) || !('text' in other)) throw new Error('no entry')
  return { ...kept, text: other.text }
}
const textAt = (n: number): string => texts(entries)[n - 1] as string

describe('a record that is as it was written', () => {
  it.each([0, 1, 2, 3, 12, 100])('fits, with %i entries', async (count) => {
    const { lines, root } = recordOf(count, { signer, at: [count] })
    const found = await verify(lines)
    const signed = count === 0 ? 0 : 1
    expect(found).toEqual({ entries: count, root, checkpoints: signed, signed: count, fault: null })
    expect(await verify(withoutHashes(lines))).toEqual(found)
  })

  it('fits whatever its acts say', async () => {
    const word = fc.string({ minLength: 1, unit: 'binary' }).filter((s) => s.isWellFormed())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, fc.jsonValue())), async (said) => {
        const act = (i: number) => {
          const [why, value] = said[i - 1] as [string, unknown]
          return { ...actOf(i, why), details: { value: JSON.parse(JSON.stringify(value)) } }
        }
        const { lines } = recordOf(said.length, { signer, at: [said.length], act })
        expect((await verify(lines)).fault).toBeNull()
      }),
      { numRuns: 30 },
    )
  })

  it('fits a checkpoint that was kept elsewhere', async () => {
    expect(await verify(entries, [whole.notes[1] as string])).toMatchObject({
      fault: null,
      signed: 8,
    })
  })

  it('is read from its export, whatever parts it comes in', async () => {
    const file = exportHead([signer.verifier.text]) + whole.lines.map(exportLine).join('')
    for (const size of [1, 7, 100, file.length]) {
      async function* parts() {
        for (let i = 0; i < file.length; i += size) yield file.slice(i, i + size)
      }
      const { keys, lines } = await openExport(parts())
      expect(keys.map((k) => k.text)).toEqual([signer.verifier.text])
      expect(await verifyRecord(lines, keys)).toMatchObject({
        entries: 12,
        checkpoints: 3,
        fault: null,
      })
    }
  })

  it.each(['', 'x', '{}', '{"keys":["nobody"],"record":"plumbline-record/1"}', '[]\n'])(
    'is refused as an export where it begins with %j',
    async (text) => {
      await expect(openExport(oneByOne(text))).rejects.toThrow(NoExport)
    },
  )
})

async function* oneByOne(text: string): AsyncGenerator<string> {
  yield* text
}

describe('an entry that was', () => {
  const without = withoutHashes(entries)

  it.each([1, 5, 11])('altered (%i) is named', async (n) => {
    const altered = change(textAt(n), { why: 'Another reason' })
    const found = await verify(without.with(n - 1, altered))
    expect(found.fault).toMatchObject({ how: 'altered', number: n })
    const kept = await verify(entries.with(n - 1, keptWith(n, altered)))
    expect(kept.fault).toMatchObject({ how: 'altered', number: n })
  })

  it('altered with the one after it is the first that is named', async () => {
    const both = without
      .with(4, change(textAt(5), { why: 'Another reason' }))
      .with(5, change(textAt(6), { why: 'Another reason' }))
    expect((await verify(both)).fault).toMatchObject({ how: 'altered', number: 5, until: 6 })
    const previous = 'e'.repeat(64)
    const link = without.with(5, change(textAt(6), { previous }))
    expect((await verify(link)).fault).toMatchObject({ how: 'altered', number: 5, until: 6 })
    expect(
      (await verify(link, [recordOf(5, { signer, at: [5] }).notes[0] ?? ''])).fault,
    ).toMatchObject({
      how: 'altered',
      number: 6,
    })
  })

  it('altered and last is named by its kept hash, or by a checkpoint', async () => {
    const altered = change(textAt(12), { why: 'Another reason' })
    const kept = await verify(entries.with(11, keptWith(12, altered)))
    expect(kept.fault).toMatchObject({ how: 'altered', number: 12 })
    const found = await verify(
      whole.lines.with(14 - 1, altered).map((l) => ('text' in l ? { text: l.text } : l)),
    )
    expect(found.fault).toMatchObject({ how: 'forked', number: 9, until: 12 })
  })

  it.each(['{}', 'nonsense', `${textAt(6)} `, textAt(6).replace('{', '{"act":"x",'), ''])(
    'spoilt is named: %s',
    async (text) => {
      expect((await verify(without.with(5, { text }))).fault).toMatchObject({
        how: 'altered',
        number: 6,
      })
    },
  )

  it.each([1, 5, 11])('removed (%i) is named', async (n) => {
    const found = await verify(without.toSpliced(n - 1, 1))
    expect(found.fault).toMatchObject({ how: 'removed', number: n, until: n })
  })

  it('removed with others is named with them', async () => {
    const found = await verify(without.toSpliced(3, 4))
    expect(found.fault).toMatchObject({ how: 'removed', number: 4, until: 7 })
  })

  it.each([1, 5, 12])('inserted (%i) is named', async (n) => {
    const previous = hex(new Uint8Array(32))
    const extra = change(textAt(n), {
      why: 'Never decided',
      ...(n === 1 ? { previous: 'f'.repeat(64) } : { previous }),
    })
    const found = await verify(without.toSpliced(n - 1, 0, extra))
    expect(found.fault).toMatchObject({ how: 'inserted', number: n })
  })

  it('inserted, with the others renumbered, is named', async () => {
    const extra = change(textAt(5), { why: 'Never decided' })
    const moved = without.slice(4).map((_, i) => change(textAt(5 + i), { number: 6 + i }))
    const found = await verify([...without.slice(0, 4), extra, ...moved])
    expect(found.fault).toMatchObject({ how: 'inserted', number: 5 })
  })

  it('moved is named', async () => {
    const [five, six] = [without[4] as RecordLine, without[5] as RecordLine]
    const found = await verify(without.with(4, six).with(5, five))
    expect(found.fault).toMatchObject({ how: 'reordered', number: 5 })
  })

  it('written twice in one place is named', async () => {
    const twin = change(textAt(6), { why: 'Two decisions in one place' })
    expect((await verify(without.toSpliced(6, 0, twin))).fault).toMatchObject({
      how: 'forked',
      number: 6,
    })
  })
})

describe('a record that was written anew', () => {
  const act = (i: number) => actOf(i, i < 7 ? undefined : 'Rewritten')
  const anew = recordOf(12, { act })

  it('does not fit the checkpoints of the one that was signed', async () => {
    const found = await verify(anew.lines, whole.notes)
    expect(found).toMatchObject({ signed: 4, fault: { how: 'forked', number: 5, until: 8 } })
  })

  it('and signed anew with the same key fits itself, but no checkpoint that was kept elsewhere', async () => {
    const signedAnew = recordOf(12, { signer, at: [12], act })
    expect((await verify(signedAnew.lines)).fault).toBeNull()
    const found = await verify(signedAnew.lines, [whole.notes[1] as string])
    expect(found.fault).toMatchObject({ how: 'forked', number: 1, until: 8 })
  })

  it('and signed with another key is refused', async () => {
    const other = newSigner('example.org/record')
    const found = await verify(recordOf(12, { signer: other, at: [12], act }).lines)
    expect(found.fault).toMatchObject({ how: 'unsigned', number: 12 })
  })

  it('and shorter is known by a checkpoint', async () => {
    const cut = entries.slice(0, 9)
    expect((await verify(cut, whole.notes)).fault).toMatchObject({
      how: 'truncated',
      number: 10,
      until: 12,
    })
    expect((await verify(cut, whole.notes.slice(0, 2))).fault).toBeNull()
    const last = { checkpoint: whole.notes[2] as string }
    expect((await verify([...cut, last])).fault).toMatchObject({
      how: 'truncated',
      number: 10,
      until: 12,
    })
    expect((await verify([], whole.notes)).fault).toMatchObject({
      how: 'truncated',
      number: 1,
      until: 12,
    })
  })

  it('has no checkpoint in a wrong place, nor one that is none', async () => {
    const early = { checkpoint: whole.notes[0] as string }
    expect((await verify([...entries, early])).fault).toMatchObject({ how: 'unsigned', number: 12 })
    expect((await verify([...entries, { checkpoint: 'nonsense' }])).fault?.how).toBe('unsigned')
    expect((await verify(entries, ['nonsense'])).fault?.how).toBe('unsigned')
  })
})

it('finds any change of any byte that a checkpoint covers', async () => {
  const file = whole.lines.map(exportLine).join('')
  const clean = Buffer.from(file)
  await fc.assert(
    fc.asyncProperty(fc.nat(clean.length - 2), fc.integer({ min: 1, max: 127 }), async (at, by) => {
      const spoilt = Buffer.from(clean)
      spoilt[at] = (spoilt[at] as number) ^ by
      const text = exportHead([signer.verifier.text]) + spoilt.toString()
      const { lines } = await openExport(oneByOne(text))
      const found = await verifyRecord(lines, trusted)
      expect(
        found.fault,
        JSON.stringify(spoilt.toString().slice(Math.max(0, at - 20), at + 20)),
      ).not.toBeNull()
    }),
    { numRuns: 300 },
  )
})
