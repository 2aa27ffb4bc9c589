import type { Became, Story } from '../../../stories/store.ts'
import { feelingCodes, feelings, themeCodes, themes } from '../../../stories/story.ts'
import { nearSubject } from '../../api/resources/known.ts'
import { BadRequest } from '../../refusals.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging } from '../context.ts'
import { dayOf } from '../desk/desk.ts'
import { calledNow } from './called.ts'
import { storiesFeed } from './stories-feed.ts'
import { aboutSentence, becameWords } from './story-words.ts'

export interface StoriesQuery {
  readonly provider: string
  readonly service: string
  readonly place: string
  readonly theme: string
  readonly feeling: string
  readonly became: Became
  readonly q: string
  readonly page: number
  readonly search: URLSearchParams
}

const onPage = 20

/** The beginning of a story, as its link: up to so many letters, whole words. */
export function startOf(text: string, most = 140): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  return `${line.slice(0, most).replace(/\s+\S*$/, '')} …`
}

/** The place that was asked for, by its code or by what it is called; null where there is none. */
async function placeOf(
  asked: string,
  { reader, state }: PageContext,
): Promise<{ readonly code: string; readonly name: string } | null> {
  if (asked === '') return null
  const known = await reader.subject(state, asked)
  if (known?.kind === 'place') return known
  const places = (await reader.search(state, asked, 30)).filter((h) => h.kind === 'place')
  const same = asked.toLowerCase()
  return places.find((p) => p.name.toLowerCase() === same) ?? places[0] ?? null
}

/** A story as a line of a list. */
export async function storyLine(s: Story, context: PageContext) {
  const { name } = await calledNow(s.provider, context)
  const on = s.standing.published ? words.date(s.standing.published.on) : ''
  return {
    href: `/stories/${s.id}`,
    start: startOf(s.words?.happened ?? ''),
    about: `${name} · ${on} · ${aboutSentence(s)}`,
    became: becameWords(s.standing, dayOf(context)),
  }
}

const becameTexts: Readonly<Record<Became, string>> = {
  '': 'Anything',
  'no-reply': 'No reply yet',
  replied: 'Replied to',
  planned: 'A change is promised',
  changed: 'Something was changed',
}

/** "12 stories. 10 have a reply, and 3 changed something." */
export function countsSentence({
  published,
  replied,
  changed,
}: {
  readonly published: number
  readonly replied: number
  readonly changed: number
}): string {
  if (published === 0) return 'Nobody has told a story yet.'
  const n = (x: number): string => words.number(x, 0)
  const all = published === 1 ? '1 story' : `${n(published)} stories`
  return `${all}. ${n(replied)} ${replied === 1 ? 'has' : 'have'} a reply, and ${n(changed)} changed something.`
}

/** A part of an address as a sentence quotes it. */
const shownAs = (sent: string): string => `“${sent.slice(0, 60)}”`

/** Refuses the code of a provider that nobody has, nor had; with the one that is most like it. */
async function namesNobody(code: string, context: PageContext): Promise<void> {
  if ((await context.reader.ended(context.state, code)) !== null) return
  const near = await nearSubject(context, 'provider', code)
  const like = near ? ` Most like it is ${near.code}, ${near.name}.` : ''
  throw new BadRequest(`No provider has the code ${shownAs(code)}.${like}`)
}

/** What citizens tell of services: all of it, or narrowed, the newest first. */
export async function storiesPage(q: StoriesQuery, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const { search: _, page, ...asked } = q
  const place = await placeOf(q.place, context)
  const filter = { ...asked, place: place?.code ?? q.place }
  const [{ total, stories }, counts, subject] = await Promise.all([
    reader.stories.list(state, { ...filter, size: onPage, offset: (page - 1) * onPage }),
    reader.stories.counts(state, filter),
    q.provider === '' ? null : reader.subject(state, q.provider),
  ])
  if (q.provider !== '' && subject === null && total === 0) await namesNobody(q.provider, context)
  if (q.service !== '' && !reader.service(q.service)) {
    throw new BadRequest(
      `The part “service” of the address names no service: ${shownAs(q.service)}.`,
    )
  }
  const about = subject?.name ?? place?.name ?? reader.service(q.service)?.name ?? ''
  const sentence = countsSentence(counts)
  const any = { value: '', text: 'Any' }
  return {
    view: 'pages/stories/stories',
    forms: { atom: () => storiesFeed(q, context) },
    data: { sentence, ...counts, total, page: q.page, stories },
    values: {
      title: about === '' ? 'Stories' : `Stories about ${about}`,
      lead: sentence,
      found:
        total === counts.published
          ? ''
          : total === 1
            ? '1 fits.'
            : `${words.number(total, 0)} fit.`,
      rows: await Promise.all(stories.map((s) => storyLine(s, context))),
      q: q.q,
      kept: { provider: q.provider },
      place: place?.name ?? q.place,
      noPlace: place === null && q.place !== '',
      services: [
        any,
        ...choices(
          reader.services(state).map((s) => s.code),
          q.service,
          (code) => reader.service(code)?.name ?? code,
        ),
      ],
      themes: [
        any,
        ...choices(themeCodes, q.theme, (t) => words.sentenceCase(themes[t as 'staff'])),
      ],
      feelings: [
        any,
        ...choices(feelingCodes, q.feeling, (f) => words.sentenceCase(feelings[f as 'safe'])),
      ],
      became: choices(Object.keys(becameTexts), q.became, (b) => becameTexts[b as Became]),
      tell:
        q.provider === ''
          ? '/stories/tell'
          : `/stories/tell?provider=${encodeURIComponent(q.provider)}`,
      paging: paging(context.path, q.search, q.page, Math.ceil(total / onPage)),
      json: `${context.path}.json`,
      atom: `${context.path}.atom${searchText(q.search)}`,
      embed: subject ? `/providers/${encodeURIComponent(subject.code)}/stories` : null,
      crumbs: subject
        ? [{ text: subject.name, href: `/providers/${encodeURIComponent(subject.code)}` }]
        : [],
    },
  }
}

/** What a list is narrowed to, without its page, as the end of an address. */
function searchText(search: URLSearchParams): string {
  const kept = new URLSearchParams(search)
  kept.delete('page')
  return kept.size > 0 ? `?${kept}` : ''
}
