import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { newSigner } from '@plumbline/record'
import { describe, expect, it } from 'vitest'
import { readSettings, WrongSettings } from './settings.ts'
import { settingsSchema } from './settings-schema.ts'

const pemOf = (namedCurve: string): string =>
  generateKeyPairSync('ec', {
    namedCurve,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
const pem = pemOf('P-256')
const wrongKey =
  'PLUMBLINE_OIDC_PRIVATE_KEY must be a private key as PEM text, RSA or of the curve P-256, such as `openssl genrsa 2048` makes.'
const wrongIssuer =
  'PLUMBLINE_OIDC_ISSUER must be an https address, such as https://oidc.account.gov.uk/.'

describe('the settings', () => {
  it('have defaults with which a fresh machine starts', () => {
    expect(readSettings({ PORT: '' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      data: resolve('./data'),
      catalogue: null,
      address: null,
      trustProxy: false,
      securityContact: null,
      databaseUrl: null,
      recordKey: null,
      pushLimit: 200_000_000,
      webhooksPrivate: false,
      uploadLimit: 2_000_000_000,
      example: true,
      signInSecret: null,
      service: null,
      mail: null,
      letters: 'this-machine',
      walkIn: 'this-machine',
      logLevel: 'info',
    })
  })

  it('come from the environment', () => {
    const key = newSigner('example.org/record').text
    const environment = {
      PORT: '8080',
      HOST: '0.0.0.0',
      PLUMBLINE_DATA: '/srv/plumbline',
      PLUMBLINE_CATALOGUE: '/srv/catalogue',
      PLUMBLINE_ADDRESS: 'https://plumbline.example.org/',
      PLUMBLINE_TRUST_PROXY: '10.0.0.0/8, ::1',
      PLUMBLINE_SECURITY_CONTACT: 'mailto:security@example.org',
      DATABASE_URL: 'postgresql://plumbline@db/plumbline',
      PLUMBLINE_RECORD_KEY: key,
      PLUMBLINE_PUSH_LIMIT: '5',
      PLUMBLINE_WEBHOOKS_PRIVATE: 'on',
      PLUMBLINE_EXAMPLE: 'off',
      PLUMBLINE_SIGN_IN_SECRET: 's'.repeat(32),
      PLUMBLINE_OIDC_ISSUER: 'https://oidc.account.gov.uk/',
      PLUMBLINE_OIDC_NAME: 'GOV.UK One Login',
      PLUMBLINE_OIDC_CLIENT_ID: 'plumbline',
      PLUMBLINE_OIDC_PRIVATE_KEY: pem.replaceAll('\n', '\\n'),
      SMTP_URL: 'smtps://user:password@mail.example.org',
      LOG_LEVEL: 'warn',
    }
    expect(readSettings(environment)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      data: resolve('/srv/plumbline'),
      catalogue: resolve('/srv/catalogue'),
      address: 'https://plumbline.example.org',
      trustProxy: ['10.0.0.0/8', '::1'],
      securityContact: 'mailto:security@example.org',
      databaseUrl: 'postgresql://plumbline@db/plumbline',
      recordKey: key,
      pushLimit: 5_000_000,
      webhooksPrivate: true,
      uploadLimit: 2_000_000_000,
      example: false,
      signInSecret: 's'.repeat(32),
      service: {
        issuer: 'https://oidc.account.gov.uk/',
        name: 'GOV.UK One Login',
        clientId: 'plumbline',
        proof: { kind: 'key', pem },
      },
      mail: {
        url: 'smtps://user:password@mail.example.org',
        from: 'Plumbline <plumbline@plumbline.example.org>',
        host: 'plumbline.example.org',
      },
      letters: 'nobody',
      walkIn: 'nobody',
      logLevel: 'warn',
    })
  })

  it.each([
    ['PORT', 'http', 'PORT must be a number from 0 to 65535, such as 3000.'],
    ['PORT', '70000', 'PORT must be a number from 0 to 65535, such as 3000.'],
    ['HOST', 'my host', 'HOST must be an address or a name, such as 127.0.0.1.'],
    [
      'PLUMBLINE_PUSH_LIMIT',
      '0',
      'PLUMBLINE_PUSH_LIMIT must be a number of megabytes from 1 to 99999, such as 200.',
    ],
    [
      'PLUMBLINE_SECURITY_CONTACT',
      'security@example.org',
      'PLUMBLINE_SECURITY_CONTACT must be an address such as mailto:security@example.org or https://example.org/security.',
    ],
    ['PLUMBLINE_DATA', '  ', 'PLUMBLINE_DATA must be the path of a folder, such as ./data.'],
    [
      'PLUMBLINE_CATALOGUE',
      '  ',
      'PLUMBLINE_CATALOGUE must be the path of a folder, such as ./catalogue.',
    ],
    [
      'DATABASE_URL',
      'mysql://root:secret@db/x',
      'DATABASE_URL must look like postgres://user:password@host:5432/database.',
    ],
    ...['on', '0', '10', '10.0.0.0/33', 'proxy.example', ','].map(
      (value): [string, string, string] => [
        'PLUMBLINE_TRUST_PROXY',
        value,
        'PLUMBLINE_TRUST_PROXY must be off, how many web servers stand in front (1 to 9), or their addresses such as 10.0.0.0/8,127.0.0.1.',
      ],
    ),
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
    ],
    [
      'PLUMBLINE_RECORD_KEY',
      'secret',
      'PLUMBLINE_RECORD_KEY must be a key that `plumbline record key NAME` has made.',
    ],
    ['PLUMBLINE_EXAMPLE', 'yes', 'PLUMBLINE_EXAMPLE must be on or off.'],
    [
      'PLUMBLINE_SIGN_IN_SECRET',
      'short',
      'PLUMBLINE_SIGN_IN_SECRET must be at least 32 characters, such as those that `openssl rand -base64 32` gives.',
    ],
    [
      'SMTP_URL',
      'https://mail.example.org',
      'SMTP_URL must look like smtps://user:password@mail.example.org.',
    ],
    [
      'SMTP_URL',
      'smtp://mail.example.org',
      'SMTP_URL needs PLUMBLINE_ADDRESS: letters hold links, and must not lead elsewhere.',
    ],
    [
      'PLUMBLINE_MAIL_FROM',
      'Plumbline',
      'PLUMBLINE_MAIL_FROM must be an address, such as Plumbline <plumbline@example.org>.',
    ],
    ['PLUMBLINE_OIDC_ISSUER', 'http://oidc.example', wrongIssuer],
    ['PLUMBLINE_OIDC_ISSUER', 'https://u:p@oidc.example', wrongIssuer],
    ['PLUMBLINE_OIDC_PRIVATE_KEY', 'secret', wrongKey],
    ['PLUMBLINE_OIDC_PRIVATE_KEY', pemOf('P-384'), wrongKey],
    ['PLUMBLINE_DEV_MAIL', 'yes', 'PLUMBLINE_DEV_MAIL must be on or off.'],
    ['PLUMBLINE_WALK_IN', 'yes', 'PLUMBLINE_WALK_IN must be on or off.'],
  ])('say what is wrong with %s=%s', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(new WrongSettings(sentence))
  })

  it('take a number of web servers in front', () => {
    expect(readSettings({ PLUMBLINE_TRUST_PROXY: '2' }).trustProxy).toBe(2)
  })

  it.each([
    { DATABASE_URL: 'postgres://db/x' },
    { PLUMBLINE_ADDRESS: 'http://localhost:3000' },
    { HOST: '0.0.0.0' },
    { PLUMBLINE_TRUST_PROXY: '1' },
  ])('open no door where others may come: %j', (environment) => {
    expect(readSettings(environment)).toMatchObject({ letters: 'nobody', walkIn: 'nobody' })
    const asked = { ...environment, PLUMBLINE_DEV_MAIL: 'on', PLUMBLINE_WALK_IN: 'on' }
    expect(readSettings(asked)).toMatchObject({ letters: 'all', walkIn: 'all' })
  })

  const oidc = {
    PLUMBLINE_ADDRESS: 'https://plumbline.example.org',
    PLUMBLINE_OIDC_ISSUER: 'http://localhost:9000',
    PLUMBLINE_OIDC_CLIENT_ID: 'plumbline',
    PLUMBLINE_OIDC_CLIENT_SECRET: 'secret',
  }
  it('name a service to sign in by, called by its host unless it has a name', () => {
    expect(readSettings(oidc).service).toEqual({
      issuer: 'http://localhost:9000',
      name: 'localhost',
      clientId: 'plumbline',
      proof: { kind: 'secret', secret: 'secret' },
    })
  })

  it.each(['PLUMBLINE_ADDRESS', 'PLUMBLINE_OIDC_CLIENT_ID', 'PLUMBLINE_OIDC_CLIENT_SECRET'])(
    'need %s beside such a service',
    (name) => {
      expect(() => readSettings({ ...oidc, [name]: '' })).toThrow(name)
    },
  )

  it('take one proof to such a service, not two', () => {
    const two = { ...oidc, PLUMBLINE_OIDC_PRIVATE_KEY: pem }
    expect(() => readSettings(two)).toThrow('either PLUMBLINE_OIDC_CLIENT_SECRET or')
  })

  it('say all that is wrong at once', () => {
    expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/^PORT .*\nLOG_LEVEL .*$/)
  })

  const operations = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8')
  it.each(Object.keys(settingsSchema.shape))('%s has its heading in the docs', (name) => {
    expect(operations.split('\n')).toContain(`### ${name}`)
  })
})
