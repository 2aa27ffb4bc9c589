import { escape } from '../components/svg.ts'
import type { Block, Embed, EmbedRow } from './embed.ts'
import { pictureStyles } from './picture-styles.ts'

/** What stands around an embed's own words. */
export interface Frame {
  /** As the visitor asked; null for now. */
  readonly asOf: string | null
  /** The address of this Plumbline, without a slash at its end; '' where nobody knows it. */
  readonly home: string
  /** What is said of invented figures; null where there are none. */
  readonly example: string | null
  /** When what is shown was published, in words. */
  readonly shown: string
}

const width = 400
const margin = 16
const inner = width - 2 * margin

/** A part that has been drawn from y = 0 down. */
interface Drawn {
  readonly svg: string
  readonly height: number
}

/** How wide a letter is drawn, about, in ems: a little more than in the usual faces. */
const letter = { normal: 0.58, bold: 0.65 }

/** Lines that fit a width; a word that is longer than a line is cut. */
export function wrap(text: string, size: number, wide: number, bold = false): string[] {
  const most = Math.max(4, Math.floor(wide / (size * (bold ? letter.bold : letter.normal))))
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((w) => pieces(w, most))) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= most) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, most: number): string[] {
  const letters = Array.from(word)
  const cut: string[] = []
  for (let at = 0; at < letters.length; at += most) cut.push(letters.slice(at, at + most).join(''))
  return cut
}

interface Style {
  readonly size: number
  readonly name?: string
  readonly bold?: boolean
  readonly left?: number
  readonly after?: number
}

/** Text set in lines, with air after it. */
function set(text: string, { size, name = '', bold = false, left = 0, after = 8 }: Style): Drawn {
  const lines = wrap(text, size, inner - left, bold)
  const step = Math.round(size * 1.3)
  const names = [name, bold ? 'e-bold' : ''].filter((n) => n !== '').join(' ')
  const spans = lines.map(
    (line, i) =>
      `<tspan x="${margin + left}" y="${size + i * step}">${escape(line)}${i < lines.length - 1 ? ' ' : ''}</tspan>`,
  )
  if (lines.length === 0) return { svg: '', height: 0 }
  return {
    svg: `<text${names === '' ? '' : ` class="${names}"`} font-size="${size}">${spans.join('')}</text>`,
    height: lines.length * step + after,
  }
}

/** One beneath the other. */
function stack(parts: readonly Drawn[]): Drawn {
  let y = 0
  const placed = parts.map(({ svg, height }) => {
    const at = y
    y += height
    return svg === '' ? '' : `<g transform="translate(0 ${at})">${svg}</g>`
  })
  return { svg: placed.join(''), height: y }
}

/** A picture of a page within this one: its words are those of the whole. */
function picture(svg: string, wide: number, left = 0): Drawn {
  const box = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)
  if (!box) return { svg: '', height: 0 }
  const height = Math.round((Number(box[2]) / Number(box[1])) * wide)
  const nested = svg.replace(/^<svg[^>]*/, (start) => {
    const bare = start.replace(/ (?:role|focusable|aria-\w+)="[^"]*"/g, '')
    // Letters that are wider than most may reach over its edge.
    return `${bare} aria-hidden="true" overflow="visible" x="${margin + left}" width="${wide}" height="${height}"`
  })
  return { svg: nested, height: height + 6 }
}

function row({ name, about, text, bar, word }: EmbedRow): Drawn {
  return stack([
    set(name, { size: 14, bold: true, after: 0 }),
    ...(about ? [set(about, { size: 12, name: 'e-quiet', after: 0 })] : []),
    set(text, { size: 14, after: 2 }),
    ...(bar ? [picture(bar, 260)] : []),
    ...(word
      ? [set(`${word.shape} ${word.word}`, { size: 13, bold: true, name: `e-${word.tone}` })]
      : []),
    { svg: '', height: 6 },
  ])
}

function legendLine({ swatch, text }: { readonly swatch: string; readonly text: string }): Drawn {
  const words = set(text, { size: 12, left: 32, after: 2 })
  const height = Math.max(22, words.height)
  return { svg: `${picture(swatch, 24).svg}${words.svg}`, height }
}

function grade({ letter: given, name, text, bar, large }: Extract<Block, { kind: 'grade' }>) {
  const size = large ? 56 : 36
  const box = `<rect x="${margin + 1}" y="1" width="${size - 2}" height="${size - 2}" rx="4" fill="#fff" stroke="${given ? '#12436d' : '#b1b4b6'}" stroke-width="2"/><text class="${given ? 'e-better e-bold' : 'e-quiet'}" font-size="${size * 0.6}" text-anchor="middle" x="${margin + size / 2}" y="${size * 0.72}">${escape(given ?? '–')}</text>`
  const beside = stack([
    ...(name === '' ? [] : [set(name, { size: 14, bold: true, left: size + 12, after: 2 })]),
    ...(bar === '' ? [] : [picture(bar, 140, size + 12)]),
    set(text, { size: 13, left: size + 12, after: 4 }),
  ])
  return { svg: `${box}${beside.svg}`, height: Math.max(size, beside.height) + 10 }
}

function draw(block: Block): Drawn {
  switch (block.kind) {
    case 'value':
      return stack([
        set(block.value, { size: block.hidden ? 18 : 28, bold: true, after: 2 }),
        ...(block.limits ? [set(`(${block.limits})`, { size: 15, name: 'e-grey' })] : []),
      ])
    case 'text': {
      const { word, text, quiet } = block
      if (!word) return set(text, { size: quiet ? 12 : 14, ...(quiet ? { name: 'e-quiet' } : {}) })
      return stack([
        set(`${word.shape} ${word.word}`, {
          size: 15,
          bold: true,
          name: `e-${word.tone}`,
          after: 0,
        }),
        set(text, { size: 14 }),
      ])
    }
    case 'picture':
      return stack([
        picture(block.svg, inner),
        ...(block.legend ?? []).map(legendLine),
        ...(block.key ? [set(block.key, { size: 12, name: 'e-quiet' })] : []),
      ])
    case 'rows':
      return stack(block.rows.map(row))
    case 'grade':
      return grade(block)
  }
}

/** The whole page's address as it is printed and linked. */
function addressOf({ href }: Embed, { home, asOf }: Frame): string {
  const [path = '', part] = href.split('#')
  const past =
    asOf === null ? '' : `${path.includes('?') ? '&' : '?'}as-of=${encodeURIComponent(asOf)}`
  return `${home}${path}${past}${part === undefined ? '' : `#${part}`}`
}

function layOut(embed: Embed, frame: Frame): Drawn {
  const address = addressOf(embed, frame)
  const link = set(embed.link, { size: 13, name: 'e-better', after: 2 })
  return stack([
    { svg: '', height: 14 },
    ...(frame.example === null
      ? []
      : [set(`An invented area. ${frame.example}`, { size: 12, bold: true, name: 'e-worse' })]),
    ...(frame.asOf === null
      ? []
      : [set(`As it was on ${frame.asOf}.`, { size: 12, bold: true, name: 'e-worse' })]),
    set(embed.about, { size: 13, name: 'e-quiet', after: 2 }),
    set(embed.title, { size: 18, bold: true }),
    ...embed.blocks.map(draw),
    set([embed.source, frame.shown].filter((s) => s !== '').join(' '), {
      size: 11,
      name: 'e-quiet',
    }),
    { ...link, svg: `<a href="${escape(address)}" target="_top">${link.svg}</a>` },
    ...(frame.home === '' ? [] : [set(address, { size: 11, name: 'e-quiet' })]),
    { svg: '', height: 6 },
  ])
}

/** What XML may not hold, even escaped. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** How high an embed is when it is 400 px wide. */
export const embedHeight = (embed: Embed, frame: Frame): number => layOut(embed, frame).height

/**
 * An embed as a picture that stands alone: its own styles, generic type faces, and words that say what it
 * shows. 400 units wide, as high as it needs.
 */
export function embedSvg(embed: Embed, frame: Frame): string {
  const { svg, height } = layOut(embed, frame)
  const said = [
    frame.example === null ? '' : `An invented area. ${frame.example}`,
    frame.asOf === null ? '' : `As it was on ${frame.asOf}.`,
    embed.words,
    embed.source,
  ]
  const drawn =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    'role="img" aria-labelledby="embed-title embed-words">' +
    `<title id="embed-title">${escape(`${embed.about}: ${embed.title}`)}</title>` +
    `<desc id="embed-words">${escape(said.filter((s) => s !== '').join(' '))}</desc>` +
    `<style>${pictureStyles}</style>` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${svg}</svg>`
  return drawn.toWellFormed().replace(unprintable, '')
}
