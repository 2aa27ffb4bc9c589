import type { Letter } from '../mail/post.ts'

/** The letter that asks somebody who was drawn. */
export function invitationLetter({
  provider,
  title,
  until,
  link,
  stop,
}: {
  readonly provider: string
  readonly title: string
  /** The last day, in words. */
  readonly until: string
  readonly link: string
  readonly stop: string
}): Omit<Letter, 'to'> {
  return {
    subject: `What do you think of ${provider}?`,
    useful: 14 * 86_400,
    isDigest: true,
    body: `You were drawn by lot among the people who use ${provider}, and we would like to know what you think of it. It takes about 3 minutes, in English or Welsh:

${link}

The link is yours: it takes one answer, until ${until}. We do not keep who answered what, and your answers are counted with those of others.

    ${title}

If you do not want to be asked by surveys again, open this page and press its button:

${stop}
`,
  }
}
