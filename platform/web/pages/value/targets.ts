import type { ProviderValue } from '../../../value/store.ts'
import type { Study } from '../../../value/study.ts'
import { amount, pounds } from './value-words.ts'

/** What a provider's columns would come to on the frontier, and by which two steps. */
export interface Target {
  readonly now: number
  /** With all that it uses shrunk alike, as far as the best like it show: what its score says. */
  readonly alike: number
  /** By how much the mix of the best like it uses less of this still, or achieves more. */
  readonly further: number
  readonly target: number
}

/** The targets of a provider by column: inputs, outputs, what is fixed. */
export function targetsOf(study: Study, p: ProviderValue): Target[] {
  return p.values.map((now, c) => {
    const target = p.targets[c] ?? Number.NaN
    const alike = c < study.inputs.length ? now * p.score : now
    return { now, alike, further: target - alike, target }
  })
}

/** What could be saved in pounds if all its money shrank alike: at the best seen, at best possible. */
export function savings(study: Study, p: ProviderValue) {
  const own = study.inputs.reduce(
    (sum, input, c) => sum + (input.unit === '£' ? (p.values[c] as number) : 0),
    0,
  )
  return {
    seen: own * (1 - p.score),
    possible: p.limits && {
      least: own * (1 - p.limits.upper95),
      most: own * (1 - p.limits.lower95),
    },
  }
}

/** A row for each column: now, all money shrunk alike, what is left to the best like it, and they. */
export function targetRows(study: Study, p: ProviderValue) {
  const columns = [...study.inputs, ...study.outputs, ...study.fixed]
  const free = study.inputs.length + study.outputs.length
  return targetsOf(study, p).flatMap(({ now, alike, further, target }, c) => {
    const column = columns[c]
    if (!column) return []
    const small = Math.abs(further) < 0.5 * 10 ** -column.decimals
    const by = amount(column, Math.abs(further))
    const more = small ? 'nothing' : `${by} ${further < 0 ? 'less' : 'more'}`
    return [
      [
        { text: column.name },
        { text: amount(column, now) },
        { text: c < study.inputs.length ? amount(column, alike) : 'as now' },
        { text: c >= free ? 'cannot be changed' : more },
        { text: amount(column, target) },
      ],
    ]
  })
}

/** Why the table may come to more than the first sentence of its page says. */
export function furtherSentence(study: Study, p: ProviderValue): string {
  const money = targetsOf(study, p).filter((_, c) => study.inputs[c]?.unit === '£')
  const less = -money.reduce((sum, t) => sum + t.further, 0)
  const { seen } = savings(study, p)
  if (less < 0.5) return ''
  const all = `${pounds(seen + less)} in all`
  return seen < 0.5
    ? `All its money cannot shrink alike, but the mix of the best like it uses ${pounds(less)} less of some of it. There is no interval for that.`
    : `The first sentence says by how much all its money could shrink alike: ${pounds(seen)}. The mix of the best like it uses ${pounds(less)} less still, ${all}. There is no interval for what is further.`
}
