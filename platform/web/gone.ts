import type { Ended } from '../comparison/reader.ts'
import { type Problem, problem } from './api/problem.ts'
import { type PageContext, subjectHref } from './pages/context.ts'
import * as words from './words.ts'

/** "It was followed by Elm Primary School and Oak School."; '' where nobody is known to have come after. */
export function followedBy(successors: Ended['successors']): string {
  if (successors.length === 0) return ''
  return `It was followed by ${words.list(successors.map((s) => s.name))}.`
}

/** What was at an address and is no more, for people and for programs; null where nothing ever was. */
export async function goneAt(
  { reader, state, path: asked, indicators }: PageContext,
  code: string,
) {
  // What is embedded ends with its page.
  const path = asked.replace(/^\/embed(?=\/)/, '')
  if (/^\/(providers|places)\//.test(path)) {
    const ended = await reader.ended(state, code)
    return ended && { ...gone(ended, path), problem: goneProblem(code, ended) }
  }
  if (!path.startsWith('/indicators/')) return null
  const ended = await reader.indicatorEnded(state, code)
  if (!ended) return null
  const { release, last } = ended
  const name = indicators.get(code)?.name ?? code
  const sentence = 'The last release with figures of it was taken back; its page says why.'
  return {
    title: `${name} has no figures any more`,
    sentence,
    instead: [
      { href: `/releases/${release.id}`, text: `${release.title}: why it was taken back` },
      asItWas(path, last),
    ],
    problem: problem('gone', 410, `${sentence} What it said: add as-of=${last}.`, { sent: code }),
  }
}

/** The way back to a page as it was at a moment. */
const asItWas = (path: string, moment: string) => ({
  href: `${path}?as-of=${encodeURIComponent(moment)}`,
  text: 'This page as it was last',
})

/** What is said of somebody who was listed once and is no more, in words and as links. */
function gone(ended: Ended, path: string) {
  const how = 'No current release describes it.'
  return {
    title: `${ended.name} is listed no more`,
    sentence: [followedBy(ended.successors), how].filter((s) => s !== '').join(' '),
    instead: [
      ...ended.successors.map((s) => ({ href: subjectHref(s), text: s.name })),
      asItWas(path, ended.last),
    ],
  }
}

/** The same as a problem, for programs. */
export function goneProblem(code: string, ended: Ended): Problem {
  const after = followedBy(ended.successors)
  const detail = `${ended.name} (${code}) is listed no more: no current release describes it. ${after === '' ? '' : `${after} `}How it was: add as-of=${ended.last}.`
  const successors = ended.successors.map((s) => ({
    code: s.code,
    name: s.name,
    page: subjectHref(s),
  }))
  return problem('gone', 410, detail, {
    sent: code,
    ...(successors.length > 0 ? { successors } : {}),
  })
}
