import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const css = readFileSync(join(import.meta.dirname, '../components/pictures.css'), 'utf8')
const colours = new Map(Array.from(css.matchAll(/(--pl-[a-z]+):\s*([^;]+);/g), (m) => [m[1], m[2]]))

/** What letters of an embed look like, beside the marks of its pictures. */
const letters = `
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: #0b0c0c; }
text.pl-name, .e-grey { fill: var(--pl-grey); }
text.pl-tick, .e-quiet { fill: var(--pl-quiet); }
text.pl-grade-letter, .e-better { fill: var(--pl-blue); }
.e-worse { fill: var(--pl-orange); }
.e-bold { font-weight: 700; }
`

/** The styles of a picture that stands alone, without variables: not every program knows those. */
export const pictureStyles = `${css.replace(/:root\s*\{[^}]*\}/, '')}${letters}`
  .replace(/var\((--pl-[a-z]+)\)/g, (_, name: string) => colours.get(name) ?? '#0b0c0c')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s*([{};:,])\s*/g, '$1')
  .trim()

/** By this hash alone may a stand-alone picture's styles be used where it is opened by itself. */
export const pictureStylesHash = `'sha256-${createHash('sha256').update(pictureStyles).digest('base64')}'`
