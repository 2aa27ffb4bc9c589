import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { countProgress } from '../control/progress.ts'
import { exitCodes, type Verb } from '../control/verb.ts'
import { describeFile } from '../evidence/describe/describe-file.ts'
import { Subjects } from '../evidence/subjects.ts'
import { knownSubjects } from '../publishing/known-subjects.ts'
import { type Asked, readAsked } from './asked.ts'
import { descriptorText } from './descriptor-text.ts'

/** The words make no sense, or name no file: see docs/operations.md. */
const wrongWords = 3

/** `plumbline describe FILE`: drafts a descriptor, to the terminal or into the file of `--out`. */
export const describeVerb: Verb = async (args, { db, cwd }, emit, signal) => {
  const say = (text: string, stream: 'stdout' | 'stderr'): void =>
    emit({ kind: 'line', stream, text })
  let asked: Asked
  try {
    asked = readAsked(args)
    if (asked.name !== undefined) new RegExp(asked.name, 'u')
    if (asked.positionals.length !== 1) {
      throw new Error('Say which file, such as: plumbline describe figures.csv')
    }
  } catch (error) {
    say((error as Error).message, 'stderr')
    return wrongWords
  }
  const path = resolve(cwd, asked.positionals[0] ?? '')
  const progress = progressOf(emit, basename(path))
  if (!existsSync(path)) {
    say(`There is no file ${path}.`, 'stderr')
    return wrongWords
  }
  const out = asked.out === undefined ? null : resolve(cwd, asked.out)
  if (out !== null && existsSync(out)) {
    say(
      `${out} is there already, and may have been finished: give another name, or remove it.`,
      'stderr',
    )
    return wrongWords
  }
  const draft = await describeFile(path, {
    known: new Subjects(await knownSubjects(db)),
    signal,
    onProgress: progress,
    headerLine: asked.headerLine,
    ...(asked.name === undefined ? {} : { name: asked.name }),
  })
  const text = descriptorText(draft)
  if (out === null) {
    for (const line of text.trimEnd().split('\n')) say(line, 'stdout')
  } else {
    // Nor one that came meanwhile.
    await writeFile(out, text, { flag: 'wx' })
    say(
      `Drafted ${asked.out}. Finish what its notes ask ("Decide: ..."), then check the file.`,
      'stdout',
    )
  }
  return exitCodes.done
}

/** Counts bytes, which tell how much is left; what is done within a second needs no progress. */
function progressOf(
  emit: Parameters<typeof countProgress>[0],
  file: string,
): (bytes: number, of: number) => void {
  const started = Date.now()
  let count: ((more: number) => void) | null = null
  let before = 0
  return (bytes, of) => {
    if (count === null && Date.now() - started < 1000) return
    count ??= countProgress(emit, `Describing ${file} (bytes)`, of)
    count(bytes - before)
    before = bytes
  }
}
