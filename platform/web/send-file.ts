import { basename, dirname } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MadeFile } from '../downloads/make-file.ts'
import { hasTag } from './conditional.ts'

/** What is asked for begins after the end of the file. */
export class NotInRange extends Error {
  readonly bytes: number

  constructor(bytes: number) {
    super(
      `The file has no such part: it has ${bytes.toLocaleString('en-GB')} bytes. Ask for a range within it, or for the whole.`,
    )
    this.bytes = bytes
  }
}

/** Ranges that can be read; others are to be ignored (RFC 9110, 14.2). */
function isRange(sent: string): boolean {
  if (!/^bytes=\s*(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+))*\s*$/.test(sent)) return false
  return [...sent.matchAll(/(\d+)-(\d+)/g)].every(([, from, to]) => Number(from) <= Number(to))
}

/**
 * Sends a file whole or in part, with a strong tag: its checksum. A part goes only to who says by that very
 * tag (RFC 9110, 13.1.5: not by a weak one) or by its date that the bytes before it are of the same file.
 * @throws NotInRange
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { path, sha256, bytes }: MadeFile,
): FastifyReply {
  const tag = `"${sha256.slice(0, 32)}"`
  const { headers } = request.raw
  reply.header('etag', tag).header('cache-control', 'no-cache')
  const known = headers['if-none-match']
  if (known !== undefined) {
    if (known.trim() === '*' || hasTag(known, `W/${tag}`)) return reply.code(304).send()
    // With a tag its date says nothing more.
    delete headers['if-none-match']
    delete headers['if-modified-since']
  }
  const wanted = headers['if-match']
  if (wanted?.split(',').some((t) => t.trim() === tag)) delete headers['if-match']
  const whole = headers['if-range']
  if (typeof whole === 'string' && whole.includes('"')) {
    if (whole.trim() !== tag) delete headers.range
    delete headers['if-range']
  }
  if (headers.range !== undefined && !isRange(headers.range)) delete headers.range
  const from = /^bytes=(\d+)-\d*$/.exec(headers.range ?? '')?.[1]
  if (from !== undefined && Number(from) >= bytes) throw new NotInRange(bytes)
  return reply.sendFile(basename(path), dirname(path), {
    contentType: false,
    cacheControl: false,
    etag: false,
  })
}
