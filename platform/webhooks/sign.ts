import { createHmac, randomBytes } from 'node:crypto'

/** What a secret begins with, as Standard Webhooks has it. */
const prefix = 'whsec_'

/** A new secret to sign with: 32 random bytes. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`

/**
 * The headers that sign a message as Standard Webhooks has it (version 1, HMAC-SHA256).
 * @param id what names the message, the same at every try.
 * @param at when this try is made, in seconds since 1970.
 * @see https://www.standardwebhooks.com
 */
export function signedHeaders(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${signature}`,
  }
}
