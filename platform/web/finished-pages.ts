import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** How an answer is packed for who asks; null for not at all. */
export type Packing = 'br' | 'gzip' | null

/** The best packing that a browser takes; half the work of the usual levels for a tenth more bytes. */
export function packingOf(accepted: string | string[] | undefined): Packing {
  const takes = (name: string): boolean =>
    String(accepted ?? '')
      .split(',')
      .some((part) => {
        const [coding, ...weights] = part.split(';').map((x) => x.trim())
        return coding === name && !weights.some((w) => /^q=0(\.0*)?$/.test(w))
      })
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : null
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

export async function pack(text: string | Buffer, packing: Packing): Promise<Buffer> {
  if (packing === null) return Buffer.from(text)
  // Node holds on to what it packs until the next major collection of garbage: bytes, not a page's text with all
  // that it was made from.
  const plain = Buffer.from(text)
  const packed =
    packing === 'br'
      ? await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
      : await zip(plain, { level: 3 })
  // What comes lies in 64 KB of memory, however short it is, and pages are kept by the thousand.
  const exact = Buffer.allocUnsafeSlow(packed.length)
  packed.copy(exact)
  return exact
}

/** What an entry takes beside its page and its key, about. */
const overhead = 500

export interface FinishedPage {
  readonly type: string
  readonly body: Buffer
  /** Of a feed: its tag, and when its newest entry is of. It is the same whatever else is published. */
  readonly feed?: { readonly tag: string; readonly updated: string } | undefined
}

/**
 * Pages as they were sent, the latest used ones up to a number of bytes. What a publication says never
 * changes, so that a page asked for again is the same page: its key begins with the publication.
 */
export class FinishedPages {
  readonly #most: number
  readonly #pages = new Map<string, FinishedPage>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#most = mostBytes
  }

  get(key: string): FinishedPage | undefined {
    const page = this.#pages.get(key)
    if (page) {
      this.#pages.delete(key)
      this.#pages.set(key, page)
    }
    return page
  }

  put(key: string, page: FinishedPage): void {
    const size = page.body.length + 2 * key.length + overhead
    if (size > this.#most / 20 || this.#pages.has(key)) return
    this.#pages.set(key, page)
    this.#bytes += size
    for (const [oldest, { body }] of this.#pages) {
      if (this.#bytes <= this.#most) break
      this.#pages.delete(oldest)
      this.#bytes -= body.length + 2 * oldest.length + overhead
    }
  }
}
