import { oneLine, subjectLine } from '../mail/one-line.ts'
import type { Letter } from '../mail/post.ts'
import type { News, NewsItem, Pace } from './subscription.ts'

/** Seconds for which a link to confirm, and one to see what an address follows, are of use. */
export const confirmSeconds = 7 * 86_400
export const allSeconds = 86_400

/** How many things of one subject a letter tells; the page has the rest. */
const mostItems = 20

export const paceWords: Readonly<Record<Pace, string>> = {
  weekly: 'once a week, on Monday',
  daily: 'once a day',
  'at-once': 'at once',
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The letter with a link to confirm that an address wants to be told of something. */
export function confirmLetter({
  name,
  pace,
  link,
}: {
  readonly name: string
  readonly pace: Pace
  readonly link: string
}): Omit<Letter, 'to'> {
  return {
    subject: `Do you want emails about ${name}?`,
    useful: confirmSeconds,
    body: `Somebody asked us to tell this address when something changes:

    ${name}
    ${paceWords[pace]}, and only if there is something new

If it was you, open this page and press its button. It works for 7 days:

${link}

If it was not you, do nothing. You get no more emails about it.
`,
  }
}

/** The letter with a link to what an address follows. */
export const allLetter = (link: string): Omit<Letter, 'to'> => ({
  subject: 'What you follow on Plumbline',
  useful: allSeconds,
  body: `Here you see what you follow, change how often we write, or stop it.
The page works for a day:

${link}

If you did not ask for this, do nothing.
`,
})

const named = (all: readonly News[]): string => {
  const [first, second, ...rest] = all.map((n) => n.name)
  if (second === undefined) return first ?? ''
  return rest.length === 0 ? `${first} and ${second}` : `${first} and ${all.length - 1} others`
}

const itemText = (item: NewsItem, home: string): string =>
  `* ${oneLine(item.title)} (${day.format(new Date(item.at))})
  ${oneLine(item.summary)}
  ${home}${item.href}
`

function newsText({ name, href, items }: News, home: string): string {
  const heading = oneLine(name)
  const more = items.length - mostItems
  const rest = more > 0 ? `\nAnd ${more} more: ${home}${href}\n` : ''
  const shown = items.slice(0, mostItems).map((item) => itemText(item, home))
  return `${heading}\n${'='.repeat(Math.min(heading.length, 70))}\n\n${shown.join('\n')}${rest}`
}

/**
 * A letter of news.
 * @param news only what has any.
 * @param stop the address that ends all of the reader's letters, also by one click (RFC 8058).
 * @param about what is to be said of the figures, such as that they are invented; null for nothing.
 */
export function newsLetter({
  news,
  home,
  stop,
  about,
}: {
  readonly news: readonly News[]
  readonly home: string
  readonly stop: string
  readonly about: string | null
}): Omit<Letter, 'to'> {
  return {
    subject: subjectLine(`New on Plumbline: ${named(news)}`),
    headers: {
      'List-Unsubscribe': `<${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    },
    useful: 14 * 86_400,
    isDigest: true,
    body: `${about === null ? '' : `${about}\n\n`}${news.map((n) => newsText(n, home)).join('\n')}
Each page names the source of its figures and how sure they are.

You get this because you follow ${news.length === 1 ? 'this page' : 'these pages'} on Plumbline.
Change what you follow:
${home}/subscriptions
Stop all of these emails:
${stop}
`,
  }
}
