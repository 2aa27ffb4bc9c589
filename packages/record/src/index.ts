export { canonicalText, isCanonical, type Json } from './canonical.ts'
export {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  readCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
export {
  type Act,
  beginning,
  type Entry,
  entryHash,
  entrySchema,
  readEntry,
  type Written,
  writeEntry,
} from './entry.ts'
export {
  type Exported,
  exportForm,
  exportHead,
  exportLine,
  NoExport,
  openExport,
} from './export.ts'
export { type Fault, type FaultKind, faultKinds } from './fault.ts'
export {
  type Consistency,
  checkConsistency,
  checkInclusion,
  type Inclusion,
} from './merkle/check.ts'
export { Frontier } from './merkle/frontier.ts'
export { emptyRoot, fromHex, hex, leafHash, nodeHash, sha256 } from './merkle/hash.ts'
export {
  consistencyProof,
  consistencySubtrees,
  inclusionProof,
  inclusionSubtrees,
} from './merkle/prove.ts'
export {
  completedAt,
  completedBy,
  fullSubtrees,
  type HashOf,
  type Range,
  type Subtree,
} from './merkle/subtree.ts'
export {
  newSigner,
  openNote,
  readSigner,
  readVerifier,
  type Signer,
  signNote,
  type Verifier,
} from './note.ts'
export { tlogProof } from './proof-text.ts'
export { checkSeal, newSalt, seal } from './seal.ts'
export { type RecordLine, RecordVerifier, type Verified, verifyRecord } from './verify.ts'
