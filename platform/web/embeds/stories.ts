import type { PageContext } from '../pages/context.ts'
import { storiesOf } from '../pages/stories/beside.ts'
import type { Block, Embed } from './embed.ts'

/** What people tell of one provider, for the provider's own pages: the latest stories and their replies. */
export async function storiesEmbed(code: string, context: PageContext): Promise<Embed | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== 'provider') return null
  const { rows, sentence, all, counts } = await storiesOf(code, context)
  const blocks: Block[] = [
    { kind: 'text', text: sentence },
    { kind: 'rows', rows: rows.map((r) => ({ name: r.start, about: r.about, text: r.became })) },
    {
      ...{ kind: 'text', quiet: true },
      text: 'People choose to tell a story: stories say what happened, and not how often.',
    },
  ]
  return {
    about: subject.name,
    title: 'What people tell',
    words: [sentence, ...rows.map((r) => `${r.start} ${r.became}.`)].join(' '),
    blocks: rows.length > 0 ? blocks : blocks.slice(0, 1),
    source: 'Source: stories that people told on Plumbline, each read by a moderator.',
    href: all,
    link: `All stories about ${subject.name}`,
    data: { code, ...counts },
  }
}
