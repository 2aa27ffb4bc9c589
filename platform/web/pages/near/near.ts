import type { SearchHit } from '../../../comparison/reader.ts'
import type { Service } from '../../../evidence/indicator.ts'
import type { Placing } from '../../../places/locate.ts'
import type { Near, NearService } from '../../../places/maps.ts'
import * as words from '../../words.ts'
import { cardLine } from '../cards/card.ts'
import type { Page, PageContext } from '../context.ts'
import { tellingSentence } from '../provider/in-short.ts'
import { missedText, ownMissedFloors } from '../standards/missed-floors.ts'
import { type Known, known } from '../subject-figures.ts'

/** Services shown of each kind. */
const most = 5

/** How well a postcode is known, in words. */
function placeWords({ how, from }: Near): string {
  if (how === null) {
    return 'We do not know where this postcode lies. These have it, or one like it: we cannot say how far away they are.'
  }
  const some = from === 1 ? 'one service' : `${words.number(from, 0)} services`
  if (how === 'postcode') return `We know this postcode from ${some} that have it.`
  const near = how === 'sector' ? 'in the streets around it' : 'in the same postal town or area'
  return `We know this postcode only roughly: from ${some} ${near}. Distances may be out by ${how === 'sector' ? 'a mile' : 'several miles'}.`
}

/** "0.4 miles (0.6 km)"; nearer than anybody can tell is "less than 0.1 miles". */
function distanceWords(kilometres: number, rough: boolean): string {
  const miles = kilometres / 1.609344
  if (rough && miles < 1) return 'within about a mile'
  const text =
    miles < 0.1
      ? 'less than 0.1 miles'
      : `${words.number(miles, miles < 10 ? 1 : 0)} miles (${words.number(kilometres, kilometres < 10 ? 1 : 0)} km)`
  return rough ? `about ${text}` : text
}

const isRough = (how: Near['how']): boolean => how === 'sector' || how === 'outward'

const sharedWords: Readonly<Record<Placing, string>> = {
  exact: '',
  postcode: 'has this very postcode',
  sector: 'in the streets around this postcode',
  outward: 'in the same postal town or area',
}

/** What is neither good nor bad in itself is a fact about those served, and tells nothing of the service. */
const isJudged = ({ indicator }: Known): boolean => indicator.polarity !== 'neither'

/** A provider's line: where it is, its card, a floor that it misses, and what tells it apart. */
async function lineOf(p: SearchHit, away: string, context: PageContext) {
  const subject = await context.reader.subject(context.state, p.code)
  return {
    code: p.code,
    name: p.name,
    href: `/providers/${encodeURIComponent(p.code)}`,
    about: [p.town, p.postcode].filter((x) => x).join(' · '),
    away,
    card: subject && (await cardLine(subject, context)),
    floor: missedText(await ownMissedFloors(p.code, context)),
    telling: subject ? tellingSentence(known(subject, context).filter(isJudged)) : '',
  }
}

/** What cannot be shown of a service, and why. */
function withoutWords({ unplaced, alike, nearest }: NearService, service: Service): string {
  const rest = unplaced - alike.length
  if (rest === 0) {
    return nearest.length + alike.length > 0
      ? ''
      : 'None that we know has a postcode like this one.'
  }
  const some = words.providers(service, rest)
  return nearest.length === 0 && alike.length === 0
    ? `We cannot say which of ${some} is near: the sources do not say where they are, and none has a postcode like this one.`
    : `Not listed here: ${some} that we cannot place. Their sources give no coordinates, nor a postcode near one that we know.`
}

/** The services near a postcode: the five nearest of each kind. */
export async function nearPage(postcode: string, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const near = postcode === '' ? null : await reader.maps.near(state, postcode, most)
  const services = await Promise.all(
    (near?.services ?? []).flatMap((s) => {
      const service = reader.service(s.service)
      return service && near ? [sectionOf(s, service, near, context)] : []
    }),
  )
  const listed = (s: { nearest: readonly unknown[]; alike: readonly unknown[] }): number =>
    s.nearest.length + s.alike.length
  services.sort((a, b) => listed(b) - listed(a) || (a.name < b.name ? -1 : 1))
  return {
    view: 'pages/near/near',
    data: { postcode: near?.postcode ?? postcode, how: near?.how ?? null, services },
    values: {
      title: near ? `Services near ${near.postcode}` : 'Services near you',
      postcode: near?.postcode ?? postcode,
      firstHalf: near?.postcode.split(' ')[0],
      unknown: postcode !== '' && near === null,
      placed: near && placeWords(near),
      services,
      where: context.path,
    },
  }
}

async function sectionOf(s: NearService, service: Service, near: Near, context: PageContext) {
  return {
    code: service.code,
    name: service.name,
    nearest: await Promise.all(
      s.nearest.map((p) =>
        lineOf(p, distanceWords(p.kilometres, isRough(p.how) || isRough(near.how)), context),
      ),
    ),
    alike: await Promise.all(s.alike.map((p) => lineOf(p, sharedWords[p.shares], context))),
    more:
      s.alikeCount > s.alike.length
        ? `${words.number(s.alikeCount - s.alike.length, 0)} more have a postcode like it.`
        : '',
    without: withoutWords(s, service),
  }
}
