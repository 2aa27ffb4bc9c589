import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import { hiddenFigures } from '../disclosure/hidden-figures.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

/** `plumbline disclosure RELEASE`: what was hidden of a release and why, for its steward alone. */
export const disclosureVerb: Verb = async (args, { db }, emit: (event: ProgressEvent) => void) => {
  const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout') =>
    emit({ kind: 'line', stream, text })
  const [id = ''] = args
  if (!/^\d{1,9}$/.test(id)) {
    say('Say which release, by its number: plumbline disclosure 12', 'stderr')
    return codes.wrongWords
  }
  const found = await hiddenFigures(db, Number(id))
  if (!found) {
    say(
      `Release ${id} has no rules of disclosure, or is not published: its descriptor names them (docs/descriptors.md).`,
      'stderr',
    )
    return codes.refused
  }
  const { figures, hidden, roundedTo } = found
  if (roundedTo !== null) {
    say(`Nothing is hidden: the counts of all ${figures} figures are rounded to ${roundedTo}.`)
    return exitCodes.done
  }
  say(
    `${hidden.length} of ${figures} figures are hidden. Not for the public: this tells small counts.`,
  )
  for (const h of hidden) {
    const who = h.group === '' ? h.name : `${h.name} (${h.group})`
    const count = h.base === null ? String(h.part) : `${h.part} of ${h.base}`
    say(`${h.indicator}\t${h.period}\t${who}\t${count}\t${h.verdict}`)
  }
  return exitCodes.done
}
