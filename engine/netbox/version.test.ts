import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../problem/index.ts'
import { versionOf, type Migration } from './version.ts'

/** Apps as they stand in a released version, told by their newest migration. */
const released = {
  '4.7.3': 'circuits.60 core.26 dcim.251 extras.144 ipam.97 tenancy.27 users.16 virtualization.60 vpn.13 wireless.24',
  '4.6.8': 'circuits.59 core.24 dcim.241 extras.140 ipam.94 tenancy.24 users.16 virtualization.57 vpn.12 wireless.20',
  '4.5.0': 'circuits.56 core.21 dcim.225 extras.134 ipam.86 tenancy.22 users.15 virtualization.52 vpn.11 wireless.17',
}

const migrations = (text: string): Migration[] =>
  text.split(' ').map(entry => {
    const [app, number] = entry.split('.') as [string, string]
    return { app, name: `${number.padStart(4, '0')}_something` }
  })

const problemOf = (text: string): Problem => {
  try {
    versionOf(migrations(text))
  } catch (error) {
    if (error instanceof Problem) return error
  }
  assert.fail('was accepted')
}

describe('the version of a NetBox database', () => {
  test('is told by its migrations', () => {
    assert.deepEqual(versionOf(migrations(released['4.7.3'])), { version: '4.7', newer: [] })
    assert.equal(versionOf(migrations(released['4.6.8'])).version, '4.6')
    assert.equal(versionOf(migrations(released['4.5.0'])).version, '4.5')
  })

  test('of other versions is named in the refusal', () => {
    const others = {
      '4.4': 'dcim.215 extras.133 core.18 users.12 circuits.52 ipam.83',
      '4.3': 'dcim.208 extras.129 core.15 circuits.52 ipam.81',
      '4.2': 'dcim.200 extras.122 core.12 circuits.50 ipam.76',
      '4.1': 'dcim.190 extras.121 core.12 circuits.44 ipam.70',
      '4.0': 'dcim.187 extras.115 core.10 circuits.43 ipam.69',
      '3.7': 'dcim.182 extras.106 core.9 circuits.43 ipam.69',
      '3.6': 'dcim.181 extras.98 core.6 circuits.42 ipam.67',
      'older than 3.6': 'dcim.100 extras.40',
    }
    for (const [name, text] of Object.entries(others)) {
      const { code, message } = problemOf(text)
      assert.equal(code, 'netbox-older')
      assert.ok(message.startsWith(`The source is a NetBox ${name};`), message)
    }
  })

  test('is refused while an upgrade is not finished', () => {
    const { code, message } = problemOf(released['4.7.3'].replace('ipam.97', 'ipam.94'))
    assert.equal(code, 'netbox-unfinished')
    assert.match(message, /to NetBox 4\.7 was not finished \(ipam stands at migration 94, not 96\)/)
  })

  test('may be newer than the newest that is known', () => {
    const newer = versionOf(migrations(released['4.7.3'].replace('dcim.251', 'dcim.252')))
    assert.deepEqual(newer, { version: '4.7', newer: ['dcim.0252_something'] })
  })

  test('is not told by a database of something else', () => {
    assert.equal(problemOf('auth.12 sessions.1').code, 'not-netbox')
  })
})
