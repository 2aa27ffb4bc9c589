import { once } from 'node:events'
import { type ClientRequest, request as http, type IncomingMessage } from 'node:http'
import { request as https } from 'node:https'
import { JobFailed } from '../jobs/kind.ts'
import { AddressRefused, lookupPublic, webhookAddress } from './address.ts'
import { signedHeaders } from './sign.ts'

/** A message to a webhook, the same at every try. */
export interface Message {
  readonly id: string
  readonly body: string
}

/** Milliseconds that the other side has to answer. */
const patience = 10_000

/** What the other side said: only its status counts, and no other address is followed. */
export interface Answer {
  readonly status: number
}

/**
 * Sends one signed message.
 * @throws JobFailed with a sentence that names neither the address nor what was answered.
 */
export async function send(
  { address, secret }: { readonly address: string; readonly secret: string },
  message: Message,
  { allowPrivate, wait = patience }: { readonly allowPrivate: boolean; readonly wait?: number },
): Promise<Answer> {
  const late = AbortSignal.timeout(wait)
  try {
    const url = webhookAddress(address, allowPrivate)
    const at = Math.floor(Date.now() / 1000)
    const asked = (url.protocol === 'https:' ? https : http)(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(message.body),
        'user-agent': 'Plumbline',
        connection: 'close',
        ...signedHeaders(secret, { ...message, at }),
      },
      signal: late,
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    })
    const status = await statusOf(asked, message.body)
    asked.destroy()
    return { status }
  } catch (error) {
    if (error instanceof AddressRefused) throw new JobFailed(error.message)
    throw new JobFailed(late.aborted ? `No answer within ${wait / 1000} seconds.` : reason(error))
  }
}

async function statusOf(asked: ClientRequest, body: string): Promise<number> {
  // What comes after the head is not read: an answer may have no end.
  asked.end(body)
  const [answer]: IncomingMessage[] = await once(asked, 'response')
  asked.on('error', () => {})
  return answer?.statusCode ?? 0
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: Readonly<Record<string, string>> = {
    ENOTFOUND: 'Its name is not known.',
    ECONNREFUSED: 'Nothing listens there.',
    ECONNRESET: 'The connection broke.',
  }
  const certificate = /CERT|SIGNATURE|SELF_SIGNED|ALTNAME/.test(code)
  return certificate ? 'Its certificate is not valid.' : (known[code] ?? 'It cannot be reached.')
}
