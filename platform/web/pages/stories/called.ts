import { followedBy } from '../../gone.ts'
import { type PageContext, subjectHref } from '../context.ts'

/** Of whom a story was told, as they are called now, or were while they were listed. */
export interface Called {
  readonly name: string
  /** That they are listed no more, or have closed, and who came after; '' where all is as it was. */
  readonly sentence: string
  readonly successors: readonly { readonly href: string; readonly name: string }[]
}

/** What the provider of a story is called, and what became of it since; its code where nobody knows it. */
export async function calledNow(
  code: string,
  { reader, state }: Pick<PageContext, 'reader' | 'state'>,
): Promise<Called> {
  const subject = await reader.subject(state, code)
  const ended = subject ? null : await reader.ended(state, code)
  const successors = subject?.closed ? subject.successors : (ended?.successors ?? [])
  const name = subject?.name ?? ended?.name ?? code
  const how = subject?.closed ? `${name} has closed.` : ended ? `${name} is listed no more.` : ''
  return {
    name,
    sentence: [how, followedBy(successors)].filter((s) => s !== '').join(' '),
    successors: successors.map((s) => ({ href: subjectHref(s), name: s.name })),
  }
}
