// Verifies an exported record (docs/record.md) without Plumbline: Node 22 or later, nothing else.
//   node verify-record.mjs plumbline-record.ndjson [checkpoint that you kept]
// It shares no code with Plumbline, so that neither vouches for itself.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest()
const [file, kept] = process.argv.slice(2)
let keys = []
let size = 0
let previous = Buffer.alloc(32)
/** What the entry before names; how many entries a checkpoint has shown to be as they were. */
let named = ''
let sure = 0
/** An entry that does not follow the one before: the next one tells which of the two was changed. */
let odd = null
/** Full subtrees at the right edge of the tree, the largest first: [how many leaves, hash]. */
const edge = []

function stop(sentence) {
  console.log(`The record does not fit: ${sentence}`)
  process.exit(2)
}

function root() {
  if (edge.length === 0) return sha256('')
  return edge.map(([, hash]) => hash).reduceRight((right, left) => sha256('\x01', left, right))
}

/** A line of the file; where it is damaged, that is said. */
function parsed(line) {
  try {
    return JSON.parse(line)
  } catch {
    return stop(`the line after entry ${size} is not JSON`)
  }
}

/** An entry is hashed as the leaf of a Merkle tree (RFC 9162), and the next one names that hash. */
function readEntry(line) {
  const entry = parsed(line)
  if (odd !== null) explain(entry)
  size += 1
  if (entry.number !== size)
    stop(`entry ${size} is not where it should be; entry ${entry.number} stands there`)
  if (entry.previous !== previous.toString('hex')) {
    odd = { line, entry }
    return
  }
  named = entry.previous
  previous = sha256('\0', line)
  let leaf = [1, previous]
  while (edge.at(-1)?.[0] === leaf[0]) leaf = [leaf[0] * 2, sha256('\x01', edge.pop()[1], leaf[1])]
  edge.push(leaf)
}

/** Of two neighbours the earlier was changed if the later is the one that its own follower names. */
function explain(next) {
  if (odd.entry.previous === named) stop(`entry ${size - 1} was put in`)
  if (sure === size - 1) stop(`entry ${size} was altered`)
  if (next?.previous === sha256('\0', odd.line).toString('hex'))
    stop(`entry ${size - 1} was altered`)
  stop(`entry ${size - 1} was altered, or entry ${size}, or both`)
}

/** A signed note: text, an empty line, and `— NAME BASE64(4 bytes of key, signature)`. */
function isSigned(note) {
  const end = note.lastIndexOf('\n\n')
  return keys.some((key) => {
    // NAME+8 DIGITS+BASE64, in which + may stand too.
    const [, name, secret = ''] = key.match(/^([^+]+)\+.{8}\+(.+)$/) ?? []
    const der = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(secret, 'base64').subarray(1),
    ])
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
    const line = note.slice(end + 2).match(/^— (\S+) (\S+)\n$/)
    const signature = Buffer.from(line?.[2] ?? '', 'base64').subarray(4)
    return (
      line?.[1] === name && verify(null, Buffer.from(note.slice(0, end + 1)), publicKey, signature)
    )
  })
}

function checkpoint(note) {
  const [, covers, hash] = note.split('\n')
  if (!isSigned(note))
    stop(`the checkpoint of ${covers} entries is not signed by a key of the file`)
  return { covers: Number(covers), hash }
}

const old = kept === undefined ? null : readFileSync(kept, 'utf8')
let met = 0
for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: 0 })) {
  if (line.startsWith('{"keys":')) keys = parsed(line).keys
  else if (line.startsWith('{"checkpoint":') && odd !== null) explain(null)
  else if (line.startsWith('{"checkpoint":')) {
    const { covers, hash } = checkpoint(parsed(line).checkpoint)
    if (covers !== size) stop(`a checkpoint covers ${covers} entries, and ${size} are here`)
    if (hash !== root().toString('base64'))
      stop(`an entry from ${sure + 1} to ${size} is not the one that was signed`)
    met += 1
    sure = size
  } else readEntry(line)
  if (
    odd === null &&
    old !== null &&
    Number(old.split('\n')[1]) === size &&
    !line.startsWith('{"keys":')
  ) {
    if (checkpoint(old).hash !== root().toString('base64'))
      stop('it is not the one whose checkpoint you kept')
  }
}
if (odd !== null) explain(null)
if (size === 0) stop('the file has no entries')
if (old !== null && checkpoint(old).covers > size)
  stop(`the checkpoint that you kept covers more entries`)
console.log(`The record fits: ${size} entries, ${met} checkpoints, signed by ${keys.join(', ')}`)
