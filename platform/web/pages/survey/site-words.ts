import type { Language } from '../../../surveys/question.ts'

/** What stands around every page, in a language that is not ours. What it leads to is in English. */
interface SiteWords {
  readonly main: string
  readonly account: string
  readonly source: string
  readonly aboutArea: string
  /** Of an invented area, in the place of what its own sentence says in English. */
  readonly invented: string
  readonly example: string
  readonly menu: readonly { readonly href: string; readonly text: string }[]
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

/** Null for English, in which the layout is written. */
export const siteWords: Readonly<Record<Language, SiteWords | null>> = {
  en: null,
  cy: {
    main: 'Prif ddewislen',
    account: 'Eich cyfrif',
    source: 'Mae Plumbline yn god agored. Mae ffigurau’n cadw trwydded eu ffynhonnell.',
    aboutArea: 'Am yr ardal hon',
    invented: 'Ardal ddychmygol.',
    example:
      'Dyfeisiwyd ei lleoedd, ei gwasanaethau a’i ffigurau, i ddangos beth mae Plumbline yn ei wneud.',
    menu: [
      { href: '/search', text: 'Chwilio' },
      { href: '/near', text: 'Yn agos atoch chi' },
      { href: '/compare', text: 'Cymharu' },
      { href: '/standards', text: 'Safonau' },
      { href: '/fairness', text: 'Tegwch' },
      { href: '/stories', text: 'Straeon' },
      { href: '/about', text: 'Ynghylch' },
    ],
    links: [
      { href: '/about/words', text: 'Ystyr ein geiriau' },
      { href: '/about/methods', text: 'Sut y cyfrifir ffigurau' },
      { href: '/releases', text: 'O ble y daw ffigurau' },
      { href: '/record', text: 'Y cofnod cyhoeddus' },
      { href: '/privacy', text: 'Beth rydym yn ei gadw amdanoch chi' },
    ],
  },
}
