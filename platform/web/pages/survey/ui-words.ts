import type { FaultKind } from '../../../surveys/answer.ts'
import { type Language, languages, type Question } from '../../../surveys/question.ts'

/** What pages of a survey say besides its questions. */
interface UiWords {
  readonly language: string
  readonly about: (provider: string) => string
  readonly lead: string
  readonly points: readonly string[]
  readonly until: (date: string) => string
  readonly start: string
  readonly page: (at: number, of: number) => string
  readonly next: string
  readonly later: string
  readonly back: string
  readonly letters: (most: number) => string
  readonly checkTitle: string
  readonly checkLead: string
  readonly change: string
  readonly unanswered: string
  readonly send: string
  readonly thanksTitle: string
  readonly thanks: (closes: string) => readonly string[]
  readonly results: string
  readonly tell: string
  readonly nextPerson: string
  readonly laterTitle: string
  readonly laterLead: string
  readonly laterHow: (door: string) => string
  readonly goOn: string
  readonly problem: string
  readonly error: string
  readonly kept: string
  readonly skip: string
  readonly helpTitle: string
  readonly helpLead: string
  readonly startAnew: string
  readonly stillThere: string
  readonly stillThereLead: string
  readonly notYet: string
  readonly opensOn: (date: string) => string
  readonly ended: string
  readonly endedLead: string
  readonly tooMany: string
  readonly tooManyLead: string
  readonly surveys: string
}

export const uiWords: Readonly<Record<Language, UiWords>> = {
  en: {
    language: 'English',
    about: (provider) => `What do you think of ${provider}?`,
    lead: 'It takes about 3 minutes. You can leave out most questions.',
    points: [
      'We do not ask who you are, and nobody can tell what you answered.',
      'Your answers are counted with those of others, and the counts are published.',
    ],
    until: (date) => `You can answer until ${date}.`,
    start: 'Start',
    page: (at, of) => `Page ${at} of ${of}`,
    next: 'Continue',
    later: 'Save and come back later',
    back: 'Back',
    letters: (most) => `Up to ${most.toLocaleString('en-GB')} letters.`,
    checkTitle: 'Check your answers',
    checkLead: 'Nothing is counted until you send it.',
    change: 'Change',
    unanswered: 'Not answered',
    send: 'Send my answers',
    thanksTitle: 'Thank you. Your answers are in',
    thanks: (closes) => [
      'We have them safe, and they cannot be changed any more.',
      `They are counted when the survey has ended, which is on ${closes} at the latest. Everybody can then see here what came of it.`,
    ],
    results: 'What is known of it now',
    tell: 'Tell in public how it was: your story',
    nextPerson: 'Next person',
    laterTitle: 'Your answers are saved',
    laterLead: 'Write down this code to come back:',
    laterHow: (door) =>
      `Open ${door} within 30 days, and type it in there. Whoever has it can see your answers.`,
    goOn: 'Go on now',
    problem: 'There is a problem',
    error: 'Error',
    kept: 'What we keep',
    skip: 'Skip to main content',
    helpTitle: 'If you or somebody else is in danger now',
    helpLead: 'Nobody here can come to you. Please call:',
    startAnew: 'Start anew',
    stillThere: 'Are you still there?',
    stillThereLead: 'This page starts anew in a minute, so that nobody else sees your answers.',
    notYet: 'This survey is not open yet',
    opensOn: (date) => `It opens on ${date}.`,
    ended: 'This survey has ended',
    endedLead: 'Answers that were sent before are counted. It takes no more.',
    tooMany: 'Too many pages',
    tooManyLead:
      'Too many pages were sent from your network within an hour. Your answers so far are kept. Go on in an hour.',
    surveys: 'Surveys that are open',
  },
  cy: {
    language: 'Cymraeg',
    about: (provider) => `Beth yw eich barn am ${provider}?`,
    lead: 'Mae’n cymryd tua 3 munud. Gallwch adael y rhan fwyaf o gwestiynau heb eu hateb.',
    points: [
      'Nid ydym yn gofyn pwy ydych chi, ac ni all neb ddweud beth oedd eich atebion.',
      'Caiff eich atebion eu cyfrif gydag atebion pobl eraill, a chaiff y cyfrifon eu cyhoeddi.',
    ],
    until: (date) => `Gallwch ateb tan ${date}.`,
    start: 'Dechrau',
    page: (at, of) => `Tudalen ${at} o ${of}`,
    next: 'Parhau',
    later: 'Cadw a dod yn ôl yn nes ymlaen',
    back: 'Yn ôl',
    letters: (most) => `Hyd at ${most.toLocaleString('en-GB')} o lythrennau.`,
    checkTitle: 'Gwiriwch eich atebion',
    checkLead: 'Ni chaiff dim ei gyfrif nes i chi ei anfon.',
    change: 'Newid',
    unanswered: 'Heb ei ateb',
    send: 'Anfon fy atebion',
    thanksTitle: 'Diolch. Mae eich atebion wedi cyrraedd',
    thanks: (closes) => [
      'Maent yn ddiogel gyda ni, ac ni ellir eu newid mwyach.',
      `Cânt eu cyfrif pan fydd yr arolwg wedi dod i ben, erbyn ${closes} fan bellaf. Bydd pawb yn gallu gweld y canlyniadau yma wedyn.`,
    ],
    results: 'Beth sy’n hysbys amdano nawr (yn Saesneg)',
    tell: 'Dywedwch yn gyhoeddus sut oedd hi: eich stori (yn Saesneg)',
    nextPerson: 'Y person nesaf',
    laterTitle: 'Mae eich atebion wedi’u cadw',
    laterLead: 'Ysgrifennwch y cod hwn er mwyn dod yn ôl:',
    laterHow: (door) =>
      `Agorwch ${door} o fewn 30 diwrnod, a’i deipio yno. Gall pwy bynnag sydd â’r cod weld eich atebion.`,
    goOn: 'Mynd ymlaen nawr',
    problem: 'Mae problem',
    error: 'Gwall',
    kept: 'Beth rydym yn ei gadw',
    skip: 'Neidio i’r prif gynnwys',
    helpTitle: 'Os ydych chi neu rywun arall mewn perygl nawr',
    helpLead: 'Ni all neb yma ddod atoch chi. Ffoniwch:',
    startAnew: 'Dechrau o’r newydd',
    stillThere: 'Ydych chi yno o hyd?',
    stillThereLead:
      'Bydd y dudalen hon yn dechrau o’r newydd mewn munud, fel na all neb arall weld eich atebion.',
    notYet: 'Nid yw’r arolwg hwn ar agor eto',
    opensOn: (date) => `Bydd yn agor ar ${date}.`,
    ended: 'Mae’r arolwg hwn wedi dod i ben',
    endedLead: 'Caiff atebion a anfonwyd o’r blaen eu cyfrif. Nid yw’n derbyn rhagor.',
    tooMany: 'Gormod o dudalennau',
    tooManyLead:
      'Anfonwyd gormod o dudalennau o’ch rhwydwaith o fewn awr. Mae eich atebion hyd yma wedi’u cadw. Ewch ymlaen ymhen awr.',
    surveys: 'Arolygon sydd ar agor',
  },
}

const missingWords: Readonly<Record<Language, string>> = {
  en: 'Choose an answer',
  cy: 'Dewiswch ateb',
}

/** What is wrong with an answer, as a sentence beside its question. */
export function faultWords(
  language: Language,
  kind: FaultKind,
  { minimum = 0, maximum = 0 }: Question,
): string {
  const isEnglish = language === 'en'
  if (kind === 'missing' || kind === 'not-listed') return missingWords[language]
  if (kind === 'not-a-number') {
    return isEnglish
      ? `Type a whole number from ${minimum} to ${maximum}`
      : `Teipiwch rif cyfan o ${minimum} i ${maximum}`
  }
  if (kind === 'too-long') {
    return isEnglish
      ? `Use at most ${maximum} letters`
      : `Defnyddiwch ${maximum} o lythrennau ar y mwyaf`
  }
  return isEnglish ? 'Take out characters that cannot be typed' : 'Tynnwch nodau na ellir eu teipio'
}

/** The language that an address or a form asks for. */
export const languageOf = (asked: unknown, usual: Language = 'en'): Language =>
  languages.find((l) => l === asked) ?? usual
