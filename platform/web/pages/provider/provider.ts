import type { SubjectPage } from '../../../comparison/figures.ts'
import { kindApart, type Service } from '../../../evidence/indicator.ts'
import { successorFact } from '../../../evidence/subjects.ts'
import * as words from '../../words.ts'
import { cardLine } from '../cards/card.ts'
import { type Crumb, type Page, type PageContext, subjectHref } from '../context.ts'
import { ownSignals } from '../desk/own-signals.ts'
import { subjectFeed } from '../feeds/feeds.ts'
import { saidOf } from '../said/beside.ts'
import { otherSaid } from '../said/other.ts'
import { ownLine } from '../standards/judgement-words.ts'
import { storiesOf } from '../stories/beside.ts'
import { storyFigures } from '../stories/story-figures.ts'
import { figureSections, groupDetails, known, topicTables } from '../subject-figures.ts'
import { valueLine } from '../value/provider-value.ts'
import { closedSentence, inShort, tellingSentence } from './in-short.ts'
import { groupTable, type OwnGroup } from './own-group.ts'

/** The largest three places that hold it, the largest first. */
export function crumbsOf(subject: SubjectPage): Crumb[] {
  const shown = subject.parents.filter((p) => p.level !== 'lsoa').slice(-3)
  return shown
    .reverse()
    .map((p) => ({ text: p.name === '' ? p.code : p.name, href: `/places/${p.code}` }))
}

/** Facts and the places it lies in, as the summary list macro takes them. */
export function factRows(subject: SubjectPage) {
  const row = (name: string, value: { text: string } | { html: string }) => ({
    key: { text: name },
    value,
  })
  // Who came after stands at the top of the page.
  const shown = Object.entries(subject.facts).filter(([name]) => name !== successorFact)
  return shown.map(([name, text]) => row(name, { text: words.fact(text) }))
}

/** Why it is held against few others, for one of a kind that is held apart. */
function apartSentence(service: Service | null, subject: SubjectPage): string {
  const kind = kindApart(service, subject.facts)
  return kind === null ? '' : `It is compared only with other ${kind}. ${service?.separate?.why}`
}

/** One provider: what it is, how it does in short, and each figure with its proof. */
export async function providerPage(
  code: string,
  context: PageContext,
  group: OwnGroup | null,
  page: number,
): Promise<Page | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== 'provider') return null
  const service = subject.service === null ? null : context.reader.service(subject.service)
  const all = known(subject, context)
  const everyone = all.filter((k) => k.series.breakdown === '')
  const main = everyone.filter((k) => k.indicator.headline)
  const providers = service?.providers ?? 'providers'
  const kind = kindApart(service, subject.facts)
  const compared = everyone.some((k) => k.latest.comparisons.some((c) => c.against === 'peers'))
  const said = await saidOf(context, code)
  // Asked at once: the database answers one while another is set.
  const [card, own, standards, desk, value, figures, stories] = await Promise.all([
    cardLine(subject, context),
    group ? groupTable(subject, group, context) : null,
    context.reader.standards.of(context.state, code),
    ownSignals(code, context, said),
    valueLine(code, subject.service, context),
    figureSections(subject, main, context),
    storiesOf(code, context),
  ])
  return {
    view: 'pages/provider/provider',
    data: {
      ...subject,
      replies: said.replies,
      corrections: said.corrections,
      stories: stories.counts,
    },
    forms: { atom: () => subjectFeed(subject, page, context) },
    values: {
      title: subject.name,
      kind: words.sentenceCase(service?.provider ?? 'provider'),
      where: [subject.type, subject.address, subject.postcode, subject.code].filter((x) => x),
      closed: closedSentence(subject),
      successors: subject.successors.map((s) => ({ href: subjectHref(s), name: s.name })),
      apart: apartSentence(service, subject),
      short: inShort(
        everyone,
        compared ? `${providers} like it` : kind ? `other ${kind}` : 'the whole',
      ),
      sentence: tellingSentence(everyone),
      code,
      card,
      peersHref: compared ? `/providers/${code}/peers` : null,
      compareHref: `/compare?providers=${encodeURIComponent(code)}`,
      providers,
      own,
      standards: standards.map((j) => ({
        ...ownLine(j, all, context),
        beside: said.beside(
          { provider: code, kind: 'judgement', about: j.standard.code },
          subject.name,
        ),
      })),
      cardSaid:
        card && subject.service
          ? said.beside({ provider: code, kind: 'card', about: subject.service }, subject.name)
          : null,
      otherSaid: otherSaid(
        said,
        subject,
        main.map((k) => k.indicator.code),
        context,
      ),
      desk,
      stories: { ...stories, figures: storyFigures(subject, context) },
      value,
      figures: figures.map((f) => ({
        ...f,
        beside: said.beside({ provider: code, kind: 'figure', about: f.code }, subject.name),
      })),
      groups: groupDetails(all),
      topics: topicTables(everyone.filter((k) => !k.indicator.headline)),
      facts: factRows(subject),
      parents: subject.parents.filter((p) => p.level !== 'lsoa'),
      embed: `/providers/${encodeURIComponent(code)}/card`,
      json: `${context.path}.json`,
      atom: `${context.path}.atom`,
      crumbs: [
        ...(service ? [{ text: service.name, href: `/services/${service.code}` }] : []),
        ...crumbsOf(subject),
      ],
    },
  }
}
