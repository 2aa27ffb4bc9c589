import type { FastifyReply } from 'fastify'
import type { PublishPlace } from './place.ts'

/** What was sent, and the page on which what came first is seen. */
interface SentNow {
  readonly reason: string
  readonly file: { readonly href: string; readonly text: string }
}

/** Tells whoever sent a form twice, with other words, that the first ones were taken, and shows the second. */
export const sentBefore = (
  { refuse }: PublishPlace,
  reply: FastifyReply,
  { reason, file }: SentNow,
): FastifyReply =>
  refuse(
    reply,
    409,
    'You sent this form before, with other words',
    'What you sent first was taken, and its words stand. Those that you sent now are below, and count for nothing.',
    { instead: [file], typed: [reason] },
  )
