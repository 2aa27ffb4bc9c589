import { writeFileSync } from 'node:fs'
import { seed } from './about.ts'
import { digestsOf, digestsPath } from './digests.ts'
import { makeAldermere } from './generate.ts'

/** Stores the digests after a change of the generator: node examples/aldermere/write-digests.ts */
writeFileSync(digestsPath, `${JSON.stringify(digestsOf(makeAldermere(seed)), null, 2)}\n`)
