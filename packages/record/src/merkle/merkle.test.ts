import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConsistency, checkInclusion } from './check.ts'
import { Frontier } from './frontier.ts'
import { emptyRoot, hex, leafHash, nodeHash } from './hash.ts'
import {
  consistencyProof,
  consistencySubtrees,
  inclusionProof,
  inclusionSubtrees,
} from './prove.ts'
import { completedAt, completedBy, type Subtree, splitOf } from './subtree.ts'

// The reference data of the implementations of RFC 6962, whose trees RFC 9162 keeps:
// github.com/transparency-dev/merkle, testonly/constants.go, testonly/reference_test.go and
// proof/verify_test.go (Apache 2.0), at commit 582a6ad.
const bytes = (text: string): Buffer => Buffer.from(text, 'hex')
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(bytes)
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const h = {
  leaf0: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  leaf1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  leaf4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  leaf6: 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  pair0: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  pair1: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  pair2: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  pair3: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  four0: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  four1: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
}
const inclusions: [index: number, size: number, proof: string[]][] = [
  [0, 1, []],
  [0, 2, [h.leaf1]],
  [1, 2, [h.leaf0]],
  [2, 3, [h.pair0]],
  [1, 5, [h.leaf0, h.pair1, h.leaf4]],
  [0, 8, [h.leaf1, h.pair1, h.four1]],
  [5, 8, [h.leaf4, h.pair3, h.four0]],
]
const consistencies: [first: number, size: number, proof: string[]][] = [
  [1, 1, []],
  [1, 8, [h.leaf1, h.pair1, h.four1]],
  [2, 5, [h.pair1, h.leaf4]],
  [6, 7, [h.pair2, h.leaf6, h.four0]],
  [6, 8, [h.pair2, h.pair3, h.four0]],
]

/** A tree as the RFC defines it, and the subtrees that a frontier completed on the way. */
function grow(leaves: readonly Uint8Array[]) {
  const frontier = new Frontier()
  const known = new Map<string, Uint8Array>()
  for (const leaf of leaves) {
    const completed = frontier.append(leaf)
    const subtrees = completedBy(frontier.size)
    expect(completed.length).toBe(subtrees.length)
    for (const [i, subtree] of subtrees.entries()) {
      expect(completedAt(subtree)).toBe(frontier.size)
      known.set(`${subtree.level}:${subtree.index}`, completed[i] as Uint8Array)
    }
  }
  const hashOf = ({ level, index }: Subtree): Uint8Array => {
    const hash = known.get(`${level}:${index}`)
    if (!hash) throw new Error(`There is no subtree ${level}:${index}.`)
    return hash
  }
  return { frontier, hashOf }
}

/** MTH of RFC 9162, 2.1.1, word for word. */
function merkleTreeHash(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0] as Uint8Array
  const k = splitOf(leaves.length)
  return nodeHash(merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)))
}

const leaves = inputs.map(leafHash)
const reference = grow(leaves)

describe('the reference trees of RFC 6962 and 9162', () => {
  it.each(roots.map((root, size) => [size, root]))('%i leaves have their root', (size, root) => {
    expect(hex(grow(leaves.slice(0, Number(size))).frontier.root())).toBe(root)
    expect(hex(merkleTreeHash(leaves.slice(0, Number(size))))).toBe(root)
  })

  it.each(inclusions)('leaf %i is proved in a tree of %i', (index, size, wanted) => {
    const proof = inclusionProof(index, size, reference.hashOf)
    expect(proof.map(hex)).toEqual(wanted)
    const leaf = leaves[index] as Uint8Array
    const fits = { index, size, leaf, root: bytes(roots[size] as string), proof }
    expect(checkInclusion(fits)).toBe(true)
    const wrongs = [
      { ...fits, index: index - 1 },
      { ...fits, index: index + 1 },
      { ...fits, index: index ^ 2 },
      { ...fits, size: size * 2 },
      { ...fits, size: Math.floor(size / 2) },
      { ...fits, leaf: Buffer.from('WrongLeaf') },
      { ...fits, root: emptyRoot },
      { ...fits, proof: [...proof, new Uint8Array()] },
      { ...fits, proof: [...proof, fits.root] },
      { ...fits, proof: [new Uint8Array(), ...proof] },
      { ...fits, proof: [fits.root, ...proof] },
      ...proof.map((_, i) => ({ ...fits, proof: proof.toSpliced(i, 1) })),
      ...proof.map((p, i) => ({ ...fits, proof: proof.with(i, flipped(p)) })),
    ]
    for (const wrong of wrongs) expect(checkInclusion(wrong), JSON.stringify(wrong)).toBe(false)
  })

  it.each(consistencies)('a tree of %i is proved to have grown into %i', (first, size, wanted) => {
    const proof = consistencyProof(first, size, reference.hashOf)
    expect(proof.map(hex)).toEqual(wanted)
    const [firstRoot, root] = [bytes(roots[first] as string), bytes(roots[size] as string)]
    const fits = { first, size, firstRoot, root, proof }
    expect(checkConsistency(fits)).toBe(true)
    if (first === size) return
    const wrongs = [
      { ...fits, first: first - 1 },
      { ...fits, first: first + 1 },
      { ...fits, first: first ^ 2 },
      { ...fits, size: size * 2 },
      { ...fits, size: Math.floor(size / 2) },
      { ...fits, firstRoot: Buffer.from('WrongRoot') },
      { ...fits, root: Buffer.from('WrongRoot') },
      { ...fits, firstRoot: root, root: firstRoot },
      { ...fits, proof: [] },
      { ...fits, proof: [...proof, new Uint8Array()] },
      { ...fits, proof: [...proof, firstRoot] },
      { ...fits, proof: [new Uint8Array(), ...proof] },
      { ...fits, proof: [root, ...proof] },
      { ...fits, proof: [proof[0] as Uint8Array, ...proof] },
      { ...fits, proof: proof.slice(0, -1) },
      ...proof.map((p, i) => ({ ...fits, proof: proof.with(i, flipped(p)) })),
    ]
    // The empty tree is the beginning of every other, but needs no proof.
    for (const wrong of wrongs) expect(checkConsistency(wrong), JSON.stringify(wrong)).toBe(false)
  })

  it.each([
    [0, 0, true],
    [0, 1, true],
    [1, 0, false],
    [2, 1, false],
    [1, 2, false],
  ])('without a proof, a tree of %i growing into %i: %s', (first, size, fits) => {
    const [firstRoot, root] = [bytes(roots[first] as string), bytes(roots[size] as string)]
    expect(checkConsistency({ first, firstRoot, size, root, proof: [] })).toBe(fits)
    const proof = [emptyRoot]
    expect(checkConsistency({ first, firstRoot, size, root, proof })).toBe(false)
  })
})

const flipped = (hash: Uint8Array): Uint8Array => {
  const other = Uint8Array.from(hash)
  other[0] = (other[0] as number) ^ 8
  return other
}

const someLeaves = (n: number): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => leafHash(`entry ${i}`))

describe('any tree', () => {
  const size = fc.integer({ min: 1, max: 600 })

  it('proves each of its leaves, and nothing else in their place', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, pick, other) => {
        const all = someLeaves(n)
        const { frontier, hashOf } = grow(all)
        const root = frontier.root()
        expect(hex(root)).toBe(hex(merkleTreeHash(all)))
        const index = pick % n
        const leaf = all[index] as Uint8Array
        const proof = inclusionProof(index, n, hashOf)
        expect(checkInclusion({ index, size: n, leaf, root, proof })).toBe(true)
        const elsewhere = other % n
        const moved = { index: elsewhere, size: n, leaf, root, proof }
        expect(checkInclusion(moved)).toBe(elsewhere === index)
        const asked = inclusionSubtrees(index, n)
        expect(asked.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(n)) ** 2)
      }),
      { numRuns: 60 },
    )
  })

  it('proves each tree that it grew from, and no other', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, pick, at) => {
        const all = someLeaves(n)
        const { frontier, hashOf } = grow(all)
        const root = frontier.root()
        const first = 1 + (pick % n)
        const proof = consistencyProof(first, n, hashOf)
        const firstRoot = merkleTreeHash(all.slice(0, first))
        expect(checkConsistency({ first, firstRoot, size: n, root, proof })).toBe(true)
        const changed = all.slice(0, first).with(at % first, leafHash('another'))
        const forked = { first, firstRoot: merkleTreeHash(changed), size: n, root, proof }
        expect(checkConsistency(forked)).toBe(false)
        for (const { level, index } of consistencySubtrees(first, n)) {
          expect((index + 1) * 2 ** level).toBeLessThanOrEqual(n)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('goes on from its frontier as if it had never been put away', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (before, after) => {
        const all = someLeaves(before + after)
        const first = grow(all.slice(0, before)).frontier
        const again = new Frontier(before, first.bytes())
        for (const leaf of all.slice(before)) again.append(leaf)
        expect(hex(again.root())).toBe(hex(merkleTreeHash(all)))
      }),
      { numRuns: 60 },
    )
  })

  it('has no proof of a leaf that it lacks, nor a frontier of another size', () => {
    expect(() => inclusionProof(3, 3, reference.hashOf)).toThrow(RangeError)
    expect(() => consistencyProof(0, 3, reference.hashOf)).toThrow(RangeError)
    expect(() => consistencyProof(4, 3, reference.hashOf)).toThrow(RangeError)
    expect(() => new Frontier(3, new Uint8Array(32))).toThrow(RangeError)
    expect(() => new Frontier(-1)).toThrow(RangeError)
  })
})
