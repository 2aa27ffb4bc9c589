import { isIP } from 'node:net'
import { z } from 'zod'

/** The site that passkeys are of. */
export interface PasskeySite {
  readonly host: string
  /** `https://plumbline.example.org`, as browsers name it. */
  readonly origin: string
}

/**
 * The site of a home address; null where browsers make no passkeys: over plain http but on this machine, and
 * where the address is a number.
 */
export function passkeySite(home: string): PasskeySite | null {
  const { hostname: host, origin, protocol } = new URL(home)
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return null
  return protocol === 'https:' || host === 'localhost' ? { host, origin } : null
}

/** How many passkeys a person may have. */
export const mostPasskeys = 10

/** What a person calls a passkey: "My phone". */
export const passkeyNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)

/** Any text as JSON; none of it is believed yet. */
const json = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })

const bytes = z.string().regex(/^[\w-]+$/)
const credential = {
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  // Nothing that an extension says is used.
  clientExtensionResults: z.unknown().transform(() => ({})),
}

/** The answer of a browser that has made a passkey. */
export const attestationSchema = json.pipe(
  z.object({
    ...credential,
    response: z.object({ clientDataJSON: bytes, attestationObject: bytes }),
  }),
)

/** The answer of a browser that has used one. */
export const assertionSchema = json.pipe(
  z.object({
    ...credential,
    response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
  }),
)
