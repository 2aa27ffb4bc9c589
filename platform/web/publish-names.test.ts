import { describe, expect, it } from 'vitest'
import { type Publishing, surgery, waits, waitsAnswers, withPublishing } from './testing-publish.ts'

describe('a file whose names are not those of their codes, in the browser', () => {
  let place: Publishing
  withPublishing(async (made) => {
    place = made
    const url = await place.handIn('waits-2023.csv', waits())
    await place.act(url, 'questions', waitsAnswers)
    await place.act(url, 'publish', { reason: 'Figures for 2023' })
    expect(await place.stateAt(url)).toMatchObject({ state: 'published' })
  })

  it('says beside what it would change that a name differs, and both names', async () => {
    const oneOther = waits((i) => (i === 4 ? 'Old Mill' : surgery(i)))
    const url = await place.handIn('waits-2024.csv', oneOther)
    const { body } = await place.analyst.get(url)
    expect(body).toContain('Nothing stands in its way')
    expect(body).toContain('1 code is known here by another name')
    expect(body).toContain('Q10104 is known as “Elm Surgery”.')
    expect(body).toContain('Old Mill')
    // So does its public receipt, page and data.
    await place.act(url, 'publish', { reason: 'Figures for 2024' })
    const { release } = (await place.stateAt(url)) as { release: number }
    const said = 'Q10104 is known as “Elm Surgery”.'
    expect((await place.app.inject(`/releases/${release}`)).body).toContain(said)
    const data = await place.app.inject(`/releases/${release}.json`)
    expect([data.statusCode, data.body.includes(said)]).toEqual([200, true])
  })

  it('refuses slipped names, and goes on where somebody says that the codes are right', async () => {
    const slipped = waits((i) => surgery(i + 1))
    const url = await place.handIn('waits-2025.csv', slipped)
    const { body } = await place.analyst.get(url)
    expect(body).toContain('12 names are not those of their codes')
    expect(body).toContain('Q10100 is known as “Ash Surgery”. “Birch Surgery” is Q10101.')
    expect(body).toContain('Go on all the same')
    expect(body).not.toContain('--accept')
    await place.act(url, 'check', { accept: '12' })
    const ready = await place.analyst.get(url)
    expect(ready.body).toContain('12 codes are known here by other names')
    expect(ready.body).not.toContain('Refused: The code is known by another name')
    await place.act(url, 'drop', {})
  })
})
