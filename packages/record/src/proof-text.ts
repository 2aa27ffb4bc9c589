/**
 * An inclusion proof as a text that can be checked without asking anybody (c2sp.org/tlog-proof): the
 * index of the leaf, the hashes, and the checkpoint as it was signed.
 * @param index of the leaf, from 0: an entry's number less 1.
 */
export function tlogProof(index: number, proof: readonly Uint8Array[], checkpoint: string): string {
  const hashes = proof.map((h) => `${Buffer.from(h).toString('base64')}\n`).join('')
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${checkpoint}`
}
