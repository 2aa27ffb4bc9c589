import { SMTPServer } from 'smtp-server'

/** At what a server may refuse: whoever connects, the sender, the address, or the letter’s words. */
export type RefusedAt = 'greeting' | 'sender' | 'address' | 'words'

/** A real SMTP server on loopback, which refuses or delays what it is told to. */
export interface PostOffice {
  /** The letters that it took, as they came. */
  readonly got: readonly string[]
  readonly url: string
  /** The next letter that it takes. */
  next(): Promise<string>
  /** Refuses from now on, by default the address that a letter is to. */
  refuse(code: number, words: string, at?: RefusedAt): void
  accept(): void
  /** From now on it takes letters, and says so only when `release` is called. */
  hold(): void
  release(): void
  close(): Promise<void>
}

export async function postOffice(): Promise<PostOffice> {
  const got: string[] = []
  const held: (() => void)[] = []
  const waiting: ((letter: string) => void)[] = []
  let refusal: { code: number; words: string; at: RefusedAt } | null = null
  const refused = (at: RefusedAt, of: string): Error | null =>
    refusal?.at === at
      ? Object.assign(new Error(`${refusal.words} ${of}`), { responseCode: refusal.code })
      : null
  let isHolding = false
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect: (_, done) => done(refused('greeting', '')),
    onMailFrom: (address, _, done) => done(refused('sender', address.address)),
    onRcptTo: (address, _, done) => done(refused('address', address.address)),
    onData(stream, _, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const error = refused('words', '')
        if (error) return done(error)
        const letter = Buffer.concat(parts).toString('utf8')
        got.push(letter)
        for (const take of waiting.splice(0)) take(letter)
        if (isHolding) held.push(() => done())
        else done()
      })
    },
  })
  // A sender that was killed leaves its connection in the middle.
  server.on('error', () => {})
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    got,
    next: () => new Promise((take) => waiting.push(take)),
    url: `smtp://127.0.0.1:${address.port}`,
    refuse(code, words, at = 'address') {
      refusal = { code, words, at }
    },
    accept() {
      refusal = null
    },
    hold() {
      isHolding = true
    },
    release() {
      isHolding = false
      for (const done of held.splice(0)) done()
    },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}
