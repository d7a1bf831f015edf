import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { appNamespaces, renderTemplate, TemplateData, TemplateError } from '@demarc/engine/template'
import { everything, type Condition } from '@demarc/engine/query'
import type { Model } from '@demarc/engine/model'
import { sql } from 'kysely'
import { insertSamples } from '../../../tests/contract/samples.ts'
import { testDatabase } from '../../../tests/database.ts'
import { registry } from '../../index.ts'

const db = await testDatabase()
await insertSamples(db, 3)
await db.rows(sql`update dcim_interface set device_id = 1, name = 'eth' || id, enabled = id <> 2`)
await db.rows(
  sql`update dcim_device set name = 'sw' || id, asset_tag = null, status = 'active', local_context_data = '{"ntp": ["a"]}', _config_context_data = null`,
)
await db.rows(sql`update dcim_site set name = 'site ' || id`)
await db.rows(sql`update ipam_ipaddress set address = '10.0.0.1/24'::inet + (id - 1)`)
await db.rows(sql`update ipam_ipaddress set assigned_object_type = 'dcim.interface', assigned_object_id = id`)
await db.rows(sql`update dcim_device set primary_ip4_id = 1 where id = 1`)

/** Renders for someone who may view all models but these. */
async function render(code: string, hidden: readonly string[] = []): Promise<string> {
  const constrain = (_act: string, model: Model): Condition | null => (hidden.includes(model.name) ? null : everything)
  const data = new TemplateData({
    db,
    registry,
    settings: {},
    origin: '',
    user: 1,
    permissions: { constrain, granted: constrain },
  })
  const [row] = await db.rows(sql`select * from dcim_device where id = 1`)
  const device = await data.given(registry.model('dcim.device'), row!)
  return renderTemplate({ code, parameters: null, name: null }, { ...appNamespaces(data), device }, {})
}

/** How many statements it takes. */
async function statements(code: string): Promise<number> {
  let count = 0
  const stop = db.watch(() => count++)
  await render(code)
  stop()
  return count
}

const fails = (code: string, type: string) =>
  assert.rejects(render(code), (error: unknown) => error instanceof TemplateError && error.type === type)

describe('what a template sees of a device', () => {
  test('fields, references, choices, addresses', async () => {
    assert.equal(
      await render('{{ device.name }} {{ device }} {{ device.site }} {{ device.site.name }}'),
      'sw1 sw1 site 1 site 1',
    )
    assert.equal(await render('{{ device.status }} {{ device.get_status_display() }}'), 'active Active')
    assert.equal(
      await render(
        '{{ device.primary_ip4.address }} {{ device.primary_ip4.address.ip }} {{ device.primary_ip4.address.netmask }} {{ device.primary_ip }}',
      ),
      '10.0.0.1/24 10.0.0.1 255.255.255.0 10.0.0.1/24',
    )
    assert.equal(
      await render('{{ device.site == device.site }} {{ device.site_id }} {{ device.get_config_context().ntp }}'),
      "True 1 ['a']",
    )
    assert.equal(await render('{{ device.cf }}|{{ device.nope }}|{{ device._config_context_data }}|'), '{}|||')
  })

  test('relations, narrowed and ordered', async () => {
    assert.equal(await render('{% for i in device.interfaces.all() %}{{ i.name }} {% endfor %}'), 'eth1 eth2 eth3 ')
    assert.equal(
      await render('{{ device.interfaces.filter(enabled=true)|map(attribute="name")|list }}'),
      "['eth1', 'eth3']",
    )
    assert.equal(await render('{{ device.interfaces.exclude(name="eth1").order_by("-name").first().name }}'), 'eth3')
    assert.equal(
      await render(
        '{{ device.interfaces.count() }} {{ device.interfaces.all()|length }} {{ device.interfaces.all()[1].name }}',
      ),
      '3 3 eth2',
    )
    assert.equal(await render('{{ device.interfaces.values_list("name", flat=true)|join(",") }}'), 'eth1,eth2,eth3')
    assert.equal(await render('{{ device.interfaces.get(name="eth2").ip_addresses.all()[0].address.ip }}'), '10.0.0.2')
    assert.equal(await render('{% if device.interfaces.filter(name="x") %}a{% else %}none{% endif %}'), 'none')
    assert.equal(
      await render(
        '{{ dcim.Site.objects.filter(name__in=["site 1", "site 3"]).count() }} {{ dcim.Device.objects.filter(site__name="site 2")|list }}',
      ),
      '2 [<Device: sw2>]',
    )
    assert.equal(
      await render('{{ device.interfaces.all()[:2]|map(attribute="device.site.name")|join(",") }}'),
      'site 1,site 1',
    )
  })

  test('what does not exist is an error', async () => {
    await fails('{{ dcim.Site.objects.get(name="x") }}', 'DoesNotExist')
    await fails('{{ dcim.Site.objects.get() }}', 'MultipleObjectsReturned')
    await fails('{{ dcim.Site.objects.filter(nope=1)|list }}', 'FieldError')
    await fails('{{ users.User.objects.filter(password__startswith="p")|list }}', 'FieldError')
    await fails('{{ users.User.objects.values_list("password")|list }}', 'FieldError')
    await fails('{{ device.name.nope.nope }}', 'UndefinedError')
  })

  test('nothing that its user may not view', async () => {
    const hidden = ['dcim.site', 'dcim.interface']
    assert.equal(
      await render(
        '{{ device.site }} {{ device.interfaces.count() }} {{ dcim.Site.objects.all()|list }} {{ device.name }}',
        hidden,
      ),
      'None 0 [] sw1',
    )
  })

  test('in as many statements as there are relations, not rows', async () => {
    const code =
      '{% for i in device.interfaces.all() %}{% for a in i.ip_addresses.all() %}{{ a.address }}{{ a.vrf }}{% endfor %}{{ i.vrf }}{{ i.untagged_vlan }}{% endfor %}'
    assert.ok((await statements(code)) < 10, String(await statements(code)))
  })
})
