import { SMTPServer } from 'smtp-server'

/** A real SMTP server on loopback, which refuses or delays what it is told to. */
export interface PostOffice {
  /** The letters that it took, as they came. */
  readonly got: readonly string[]
  readonly url: string
  /** The next letter that it takes. */
  next(): Promise<string>
  refuse(code: number, words: string): void
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
  let refusal: { code: number; words: string } | null = null
  let isHolding = false
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, _, done) {
      if (!refusal) return done()
      const error = new Error(`${refusal.words} ${address.address}`)
      done(Object.assign(error, { responseCode: refusal.code }))
    },
    onData(stream, _, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
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
    refuse(code, words) {
      refusal = { code, words }
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
