/**
 * What a program notices in a story, to help whoever moderates it. It decides nothing: a person reads every
 * story, and what is marked here may well be in order.
 */

/** Where in a text something stands, and what it may be. */
export interface Noticed {
  readonly from: number
  readonly to: number
  readonly what: 'name' | 'phone' | 'email' | 'postcode' | 'number' | 'birthday'
}

const title =
  '(?:Mrs|Mr|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Dame|Nurse|Sister|Matron|PC|Constable|Sergeant|Father|Rev|Headteacher|Teacher)'
const name = "\\p{Lu}[\\p{L}'’-]*\\p{Ll}"

const patterns: readonly (readonly [Noticed['what'], RegExp])[] = [
  ['email', /[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,}/gu],
  ['birthday', /\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b/g],
  // An NHS number as it is written, before what else could be a telephone number.
  ['number', /\b\d{3}[ -]?\d{3}[ -]?\d{4}\b(?! ?\d)/g],
  ['phone', /(?:\+\d{2}|\b0)[\d ()-]{8,14}\d\b/g],
  ['postcode', /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/gi],
  // "Dr Smith", "Nurse Mary O’Neil": a title tells.
  ['name', new RegExp(`\\b${title}\\.? ${name}(?: ${name})*`, 'gu')],
  // "John Smith": two capitalised words, neither at the start of a sentence, nor after "the" (a building).
  ['name', new RegExp(`(?<=[\\p{Ll},;:] )(?<!\\b[Tt]he )${name} ${name}`, 'gu')],
  // "called Anita", "a nurse named Tom".
  ['name', new RegExp(`(?<=\\b(?:called|named|name is|name was) )${name}(?: ${name})*`, 'gu')],
]

/** What may tell who somebody is, in the order of the text; nothing overlaps. */
export function noticeNames(text: string): readonly Noticed[] {
  const all = patterns.flatMap(([what, pattern], rank) =>
    [...text.matchAll(pattern)].map((m) => ({
      ...{ from: m.index, to: m.index + m[0].length, what, rank },
    })),
  )
  const found: Noticed[] = []
  all.sort((a, b) => a.from - b.from || a.rank - b.rank)
  for (const { from, to, what } of all) {
    if (from >= (found.at(-1)?.to ?? 0)) found.push({ from, to, what })
  }
  return found
}

/** What may tell who somebody is in some texts, each once: to be shown to whoever wrote them. */
export const noticedIn = (texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((t) => noticeNames(t).map(({ from, to }) => t.slice(from, to)))),
]

/** A text in parts, marked where something was noticed: for a page. */
export function marked(
  text: string,
): readonly { readonly text: string; readonly what: Noticed['what'] | null }[] {
  const parts: { text: string; what: Noticed['what'] | null }[] = []
  let at = 0
  for (const { from, to, what } of noticeNames(text)) {
    if (from > at) parts.push({ text: text.slice(at, from), what: null })
    parts.push({ text: text.slice(from, to), what })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), what: null })
  return parts
}

/**
 * Words by which somebody may say that a life is in danger, theirs or another's. Too many are better than too
 * few: each leads to the numbers to call and to the top of the queue, and to nothing else.
 */
const crisis = [
  /\bsuicid\w*/i,
  /\b(?:kill|killing|killed|hurt|hurting|harm|harming|cut|cutting) (?:myself|himself|herself|themselves|yourself)\b/i,
  /\bself[- ]?harm\w*/i,
  /\b(?:end|ending|take|taking|took|taken) (?:my|his|her|their|your)(?: own)? life\b/i,
  /\b(?:want|wants|wanted|going|ready|rather) to (?:die|be dead)\b/i,
  /\b(?:better off dead|no reason to live|can(?:no|['’])?t go on|do(?:n['’]t| not) want to (?:live|be here|wake up))\b/i,
  /\boverdos\w*/i,
  /\b(?:he|she|they|who) (?:will|is going to|are going to|threatens? to|threatened to) (?:kill|hurt|rape|beat)\b/i,
  /\b(?:abus(?:es|ed|ing|e)|rap(?:ed|es|ing)|molest\w*|strangl\w*)\b/i,
  // Welsh: suicide, killing and harming oneself, wanting to die, abuse.
  /\b(?:hunanladdiad|hunan-?(?:niwe?id|anaf)\w*)/i,
  /\b(?:lladd|niweidio|brifo|anafu) (?:fy hun|fy hunan|ei hun|ei hunan|eu hunain)\b/i,
  /\b(?:eisiau|isio|moyn|am) (?:marw|farw)\b/i,
  /\b(?:[cg]h?am-?drin\w*|th?reisi\w*)/i,
  /\b(?:hits|beats|touches) (?:me|us|the child(?:ren)?|my (?:son|daughter|child(?:ren)?))\b/i,
]

/** Whether a text may speak of a crisis. */
export const isCrisis = (text: string): boolean => crisis.some((pattern) => pattern.test(text))
