import { randomUUID } from 'node:crypto'

/** What a server answered: where it led, or how it refused. */
interface Answered {
  readonly status: number
  readonly to: string
}

/** Somebody who answers a survey over the network, as a browser without scripts does. */
export class Citizen {
  readonly #origin: string
  readonly #headers: Readonly<Record<string, string>>
  #cookie = ''
  #token = ''
  /** The code to come back by. */
  draft = ''

  /** @param ip from where they come, where a server in front says so. */
  constructor(origin: string, ip?: string) {
    this.#origin = origin
    this.#headers = ip === undefined ? {} : { 'x-forwarded-for': ip }
  }

  /** Opens the address of a poster. */
  async comes(code: string): Promise<void> {
    const answer = await fetch(`${this.#origin}/surveys/${code}`, { headers: this.#headers })
    const body = await answer.text()
    this.#cookie = answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    this.#token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
    if (this.#token === '') throw new Error(`no form at the poster: ${answer.status}`)
  }

  async starts(code: string): Promise<Answered> {
    const began = { form: randomUUID(), language: 'en', way: 'poster' }
    const answered = await this.#post(`/surveys/${code}`, began)
    this.draft = new URL(answered.to, this.#origin).searchParams.get('draft') ?? ''
    return answered
  }

  answers(page: number, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const on = { draft: this.draft, page: String(page), language: 'en', go: 'next' }
    return this.#post('/surveys/answer', { ...on, ...fields })
  }

  sends(): Promise<Answered> {
    return this.#post('/surveys/send', { draft: this.draft, language: 'en' })
  }

  async #post(path: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const answer = await fetch(this.#origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...this.#headers, cookie: this.#cookie },
      body: new URLSearchParams({ _csrf: this.#token, ...fields }),
    })
    await answer.arrayBuffer()
    return { status: answer.status, to: answer.headers.get('location') ?? '' }
  }
}
