import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const require = createRequire(import.meta.url)

export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: Buffer
  /** The body packed once, where packing saves anything: type faces are packed already. */
  readonly packed: { readonly br: Buffer; readonly gzip: Buffer } | null
}

function hashed(name: string, ending: string, type: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const packed =
    ending === 'woff2'
      ? null
      : {
          br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } }),
          gzip: gzipSync(body, { level: 9 }),
        }
  return { path: `/assets/${name}-${hash}.${ending}`, type, body, packed }
}

const family = '"Source Sans 3",system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif'

/**
 * GOV.UK Frontend's style sheet without the face that is the government's own: no GDS Transport,
 * and no addresses of files that we do not serve.
 */
export function ownFace(css: string): string {
  return (
    css
      .replace(/@font-face\s*\{[^}]*\}/g, '')
      // Quoted or not in the source; the new name must be quoted, for a word cannot begin with a digit.
      .replace(/"?GDS Transport"?,\s*arial,\s*sans-serif/gi, family)
      .replace(/"?GDS Transport"?/g, '"Source Sans 3"')
      .replace(/url\([^)]*\)/g, 'none')
  )
}

/** The mark: a plumb line with its bob. */
const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#12436d"/><path d="M16 3v14" stroke="#fff" stroke-width="2"/><path d="M11 17h10l-5 12z" fill="#fff"/></svg>'

export interface Assets {
  readonly styles: Asset
  readonly icon: Asset
  /** What makes a map zoomable, for pages that have one: Leaflet, and our few lines that use it. */
  readonly zoom: { readonly styles: string; readonly scripts: readonly string[] }
  /** Asks a browser for a passkey, on the pages that do. */
  readonly passkey: Asset
  /** Saves at a kiosk what is being typed before the page asks whether anybody is there. */
  readonly keep: Asset
  /** Sends a file in parts: the tus client, and our lines that use it. */
  readonly parts: readonly string[]
  readonly all: ReadonlyMap<string, Asset>
}

const script = 'text/javascript; charset=utf-8'

/** Leaflet with its style sheet, whose pictures (markers, layers) no map of ours has. */
function zoomAssets(): { styles: Asset; html: Asset; library: Asset; ours: Asset } {
  const leaflet = join(require.resolve('leaflet/package.json'), '../dist')
  const css = readFileSync(join(leaflet, 'leaflet.css'), 'utf8').replace(/url\([^)]*\)/g, 'none')
  const library = readFileSync(join(leaflet, 'leaflet.js'), 'utf8').replace(/\/\/# source.*$/m, '')
  const own = (name: string) =>
    readFileSync(join(import.meta.dirname, 'components/map', `${name}.js`))
  return {
    styles: hashed('leaflet', 'css', 'text/css; charset=utf-8', Buffer.from(css)),
    library: hashed('leaflet', 'js', script, Buffer.from(library)),
    html: hashed('map-html', 'js', script, own('map-html')),
    ours: hashed('map-zoom', 'js', script, own('map-zoom')),
  }
}

/** The tus client without the address of its source map, which we do not serve. */
function partAssets(): readonly Asset[] {
  const library = join(require.resolve('tus-js-client/package.json'), '../dist/tus.min.js')
  const text = readFileSync(library, 'utf8').replace(/\/\/# source.*$/m, '')
  const ours = readFileSync(join(import.meta.dirname, 'pages/publish/parts.js'))
  return [hashed('tus', 'js', script, Buffer.from(text)), hashed('parts', 'js', script, ours)]
}

/** What every page needs, each under a name that changes with its content. */
export function loadAssets(): Assets {
  const files = join(require.resolve('@fontsource/source-sans-3/package.json'), '..', 'files')
  const fonts = [400, 600, 700].map((weight) => {
    const body = readFileSync(join(files, `source-sans-3-latin-${weight}-normal.woff2`))
    return { weight, asset: hashed(`source-sans-3-${weight}`, 'woff2', 'font/woff2', body) }
  })
  const faces = fonts.map(
    ({ weight, asset }) =>
      `@font-face{font-family:"Source Sans 3";font-weight:${weight};font-display:swap;src:url(${asset.path}) format("woff2")}`,
  )
  const govuk = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'))
  const own = ['components/pictures.css', 'plumbline.css'].map((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  )
  const text = [...faces, ownFace(govuk.toString('utf8')), ...own].join('\n')
  const styles = hashed('plumbline', 'css', 'text/css; charset=utf-8', Buffer.from(text))
  const icon = hashed('plumbline', 'svg', 'image/svg+xml', Buffer.from(mark))
  const zoom = zoomAssets()
  const passkey = hashed(
    'passkey',
    'js',
    script,
    readFileSync(join(import.meta.dirname, 'pages/sign-in/passkey.js')),
  )
  const keep = hashed(
    'keep',
    'js',
    script,
    readFileSync(join(import.meta.dirname, 'pages/survey/keep.js')),
  )
  const parts = partAssets()
  const assets = [
    styles,
    icon,
    passkey,
    keep,
    ...parts,
    ...fonts.map((f) => f.asset),
    ...Object.values(zoom),
  ]
  return {
    styles,
    icon,
    passkey,
    keep,
    parts: parts.map((a) => a.path),
    zoom: {
      styles: zoom.styles.path,
      scripts: [zoom.html.path, zoom.library.path, zoom.ours.path],
    },
    all: new Map(assets.map((a) => [a.path, a])),
  }
}
