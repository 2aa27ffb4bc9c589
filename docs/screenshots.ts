import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { sentence } from '../examples/aldermere/about.ts'
import { buildNewAldermere } from '../examples/aldermere/open.ts'
import { buildServer } from '../platform/web/server.ts'

/**
 * Pictures of every kind of page of the example area, for those who make them: at 375 and 1280 px,
 * at 400% zoom, and printed. `npm run screenshots -- --out FOLDER`.
 */
const addresses: Readonly<Record<string, string>> = {
  home: '/',
  search: '/search?q=wetherley',
  'search-nothing': '/search?q=zzzz',
  service: '/services/general-practice',
  'service-small': '/services/police',
  provider: '/providers/ALDG01',
  school: '/providers/ALDS01',
  'provider-own-group': '/providers/ALDG01?peers=ALDG02,ALDG03&group=Our%20cluster',
  peers: '/providers/ALDG01/peers',
  card: '/providers/ALDG01/card?weights=outcomes:20,experience:60,fairness:20',
  cards: '/services/general-practice/cards',
  'cards-method': '/about/cards',
  'value-service': '/services/general-practice/value',
  'value-provider': '/providers/ALDG04/value',
  place: '/places/ALD',
  ward: '/places/ALDW01',
  district: '/places/ALDD01',
  near: '/near?postcode=ZZ1%202HR',
  indicator: '/indicators/ald-gp-experience',
  'compare-start': '/compare',
  compare: '/compare?providers=ALDG01,ALDG02,ALDG03&since=2023-04-01',
  'compare-place': '/compare?place=ALD&service=general-practice',
  embed: '/embed?of=%2Fproviders%2FALDG01%2Fcard',
  'embed-card': '/embed/providers/ALDG01/card',
  'embed-figure': '/embed/providers/ALDG01/indicators/ald-gp-experience',
  'embed-compare': '/embed/compare?providers=ALDG01,ALDG02&indicator=ald-gp-experience',
  desk: '/desk',
  fairness: '/fairness',
  'fairness-service': '/services/primary-school/fairness',
  'fairness-indicator': '/indicators/ald-primary-expected/fairness',
  releases: '/releases',
  release: '/releases/1',
  record: '/record',
  'record-entry': '/record/5',
  'record-checkpoints': '/record/checkpoints',
  'as-of': '/providers/ALDG01?as-of=2000-01-01',
  words: '/about/words',
  methods: '/about/methods',
  'not-found': '/nowhere',
  components: '/components',
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'screenshots' } } })
mkdirSync(values.out, { recursive: true })
const { db, reader } = await buildNewAldermere()
const ready = async () => true
const app = await buildServer({
  reader,
  logLevel: 'warn',
  example: sentence,
  ready,
  components: true,
})
const origin = await app.listen({ port: 0, host: '127.0.0.1' })
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
const page = await browser.newPage()
try {
  for (const [name, address] of Object.entries(addresses)) {
    for (const [width, called] of [
      [375, '375'],
      [1280, '1280'],
      [320, 'zoom-400'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(origin + address)
      await page.screenshot({ path: `${values.out}/${name}-${called}.png`, fullPage: true })
    }
    await page.pdf({ path: `${values.out}/${name}-printed.pdf`, format: 'A4' })
  }
} finally {
  await browser.close()
  await app.close()
  await db.close()
}
process.stdout.write(`${Object.keys(addresses).length} pages, in ${values.out}\n`)
