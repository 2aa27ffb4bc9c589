import type { Language } from '../../../surveys/question.ts'

/** What the pages say where people come to surveys, or ask not to be asked. */
interface DoorWords {
  readonly enterTitle: string
  readonly enterLead: string
  readonly code: string
  readonly codeHint: string
  readonly goOn: string
  readonly openNow: string
  readonly openUntil: (date: string) => string
  readonly noneOpen: string
  readonly ended: string
  readonly unknown: string
  readonly unknownLead: string
  readonly typeAgain: string
  readonly tooManyCodes: string
  readonly tooManyCodesLead: string
  readonly stopTitle: string
  readonly stopCodeLead: string
  readonly stopCode: string
  readonly stopLead: string
  readonly stopped: string
  readonly stoppedLead: string
  readonly broken: string
  readonly brokenLead: string
}

export const doorWords: Readonly<Record<Language, DoorWords>> = {
  en: {
    enterTitle: 'Answer a survey',
    enterLead:
      'You need the code of a poster or a letter, or the one that you wrote down to come back.',
    code: 'Your code',
    codeHint: 'Letters and figures, with or without dashes.',
    goOn: 'Go on',
    openNow: 'Open now',
    openUntil: (date) => `until ${date}`,
    noneOpen: 'No survey is open now.',
    ended: 'What came of others',
    unknown: 'We do not know this code',
    unknownLead:
      'The code may have been mistyped, or its answers were kept for 30 days (at a kiosk for half an hour) and nobody went on with them.',
    typeAgain: 'Type the code once more',
    tooManyCodes: 'Too many codes',
    tooManyCodesLead:
      'Too many codes were tried from your network within an hour. Try again in an hour.',
    stopTitle: 'Do not ask me again',
    stopCodeLead: 'Your letter has a code for this, beneath the one by which you answer.',
    stopCode: 'The code not to be asked again',
    stopLead: 'Press the button, and no survey of this Plumbline invites you any more.',
    stopped: 'No survey will ask you again',
    stoppedLead:
      'We have kept your wish, under your address scrambled. A survey on a poster stays open to you.',
    broken: 'This link does not work',
    brokenLead: 'Part of it is missing. Copy the whole line from the email.',
  },
  cy: {
    enterTitle: 'Ateb arolwg',
    enterLead:
      'Mae angen y cod sydd ar boster neu lythyr, neu’r un a ysgrifennwyd gennych er mwyn dod yn ôl.',
    code: 'Eich cod',
    codeHint: 'Llythrennau a ffigurau, gyda llinellau neu hebddynt.',
    goOn: 'Parhau',
    openNow: 'Ar agor nawr',
    openUntil: (date) => `tan ${date}`,
    noneOpen: 'Nid oes arolwg ar agor nawr.',
    ended: 'Canlyniadau arolygon eraill',
    unknown: 'Nid ydym yn adnabod y cod hwn',
    unknownLead:
      'Efallai fod y cod wedi’i gamdeipio, neu fod ei atebion wedi’u cadw am 30 diwrnod (am hanner awr mewn ciosg) ac nad aeth neb ymlaen â nhw.',
    typeAgain: 'Teipiwch y cod eto',
    tooManyCodes: 'Gormod o godau',
    tooManyCodesLead:
      'Rhoddwyd cynnig ar ormod o godau o’ch rhwydwaith o fewn awr. Rhowch gynnig arall arni ymhen awr.',
    stopTitle: 'Peidiwch â gofyn i mi eto',
    stopCodeLead:
      'Mae cod ar gyfer hyn ar eich llythyr, o dan y cod rydych yn ei ddefnyddio i ateb.',
    stopCode: 'Y cod er mwyn peidio â chael eich holi eto',
    stopLead: 'Pwyswch y botwm, ac ni fydd unrhyw arolwg o’r Plumbline hwn yn eich gwahodd mwyach.',
    stopped: 'Ni fydd unrhyw arolwg yn gofyn i chi eto',
    stoppedLead:
      'Rydym wedi cadw eich dymuniad, gyda’ch cyfeiriad wedi’i sgramblo. Gallwch ateb arolwg ar boster o hyd.',
    broken: 'Nid yw’r ddolen hon yn gweithio',
    brokenLead: 'Mae rhan ohoni ar goll. Copïwch y llinell gyfan o’r e-bost.',
  },
}
