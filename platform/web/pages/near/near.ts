import type { Service } from '../../../evidence/indicator.ts'
import type { MapPoint, Near, NearService } from '../../../places/maps.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { tellingSentence } from '../provider/in-short.ts'
import { known } from '../subject-figures.ts'

/** Services shown of each kind. */
const most = 5

/** How well a postcode is known, in words. */
function placeWords({ how, from }: Near): string {
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

/** A provider's line: a card can take its place once there are cards. */
async function lineOf(p: MapPoint & { kilometres: number }, near: Near, context: PageContext) {
  const subject = await context.reader.subject(context.state, p.code)
  const isRough = (how: Near['how']): boolean => how === 'sector' || how === 'outward'
  return {
    code: p.code,
    name: p.name,
    href: `/providers/${encodeURIComponent(p.code)}`,
    about: [p.town, p.postcode].filter((x) => x).join(' · '),
    away: distanceWords(p.kilometres, isRough(p.how) || isRough(near.how)),
    telling: subject ? tellingSentence(known(subject, context)) : '',
  }
}

/** What cannot be shown of a service, and why. */
function withoutWords({ unplaced, nearest }: NearService, service: Service): string {
  if (unplaced === 0) return ''
  const some = words.providers(service, unplaced)
  return nearest.length === 0
    ? `We cannot say which of ${some} is near: the sources do not say where they are.`
    : `Not counted here: ${some} that we cannot place. Their sources give no coordinates, nor a postcode like one that we know.`
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
  services.sort((a, b) => b.nearest.length - a.nearest.length || (a.name < b.name ? -1 : 1))
  return {
    view: 'pages/near/near',
    data: { postcode: near?.postcode ?? postcode, how: near?.how ?? null, services },
    values: {
      title: near ? `Services near ${near.postcode}` : 'Services near you',
      postcode: near?.postcode ?? postcode,
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
    nearest: await Promise.all(s.nearest.map((p) => lineOf(p, near, context))),
    without: withoutWords(s, service),
  }
}
