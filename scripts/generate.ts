import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field } from '@demarc/engine/field'
import {
  isAnyRef,
  isChoice,
  isRef,
  isRefs,
  pathOf,
  pluralOf,
  targetsOf,
  type Model,
  type Rules,
} from '@demarc/engine/model'
import { parametersOf } from '@demarc/engine/query'
import { describeFields } from '@demarc/engine/rest'
import { registry } from '@demarc/models'
import { settings } from '../server/config.ts'

/** Writes what follows from the declarations: a page for every model, and one of all settings. `--check` only compares. */
const check = process.argv.includes('--check')
const root = join(import.meta.dirname, '../docs/reference')
const pages = new Map<string, string>()

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const cell = (text: unknown) =>
  String(text ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
const table = (head: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n')

for (const model of registry.models.values())
  if (!model.spec.internal) pages.set(`models/${model.name}.md`, modelPage(model))
pages.set('models/README.md', indexPage())
pages.set('settings.md', settingsPage())
finish()

function modelPage(model: Model): string {
  const described = describeFields(registry, model)
  const fields = Object.entries<Field>(model.fields).flatMap(([name, field]) => {
    const facts = described[name] ?? described[`${name}_id`]
    if (field.options.hidden || !facts) return []
    const marks = [
      facts.required && 'required',
      facts.read_only && 'read-only',
      field.options.nullable && 'nullable',
      field.options.unique && 'unique',
    ]
      .filter(Boolean)
      .join(', ')
    return [[`\`${name}\``, typeOf(field), marks, field.options.help ?? '']]
  })
  const bases = [...parametersOf(registry, model).values()].filter(parameter => parameter.name === parameter.base)
  const sections = [
    `# ${sentence(pluralOf(model))}`,
    model.spec.about,
    `\`/api/${model.app}/${pathOf(model)}/\``,
    '## Fields',
    table(['name', 'type', '', ''], fields),
    '## Filters',
    `${bases.map(parameter => `\`${parameter.name}\``).join(', ')}; each with the suffixes of its kind.`,
    ...rulesSection(registry.rules(model.name)),
    ...actionsSection(model),
  ]
  return `${sections.join('\n\n')}\n`
}

function typeOf(field: Field): string {
  if (isRef(field) || isRefs(field)) return `${isRefs(field) ? 'several of ' : ''}[${field.to}](${field.to}.md)`
  if (isAnyRef(field))
    return 'feature' in field.to
      ? 'any object'
      : targetsOf(registry, field)
          .map(name => `[${name}](${name}.md)`)
          .join(' or ')
  if (isChoice(field))
    return (
      [...field.choices.values.keys()]
        .slice(0, 12)
        .map(value => `\`${value}\``)
        .join(', ') + (field.choices.values.size > 12 ? ' …' : '')
    )
  return field.type
}

function rulesSection(rules: Rules): string[] {
  const names = [rules.prepare, rules.check, rules.store, rules.after, rules.beforeDelete, rules.afterDelete].flatMap(
    group => Object.keys(group ?? {}),
  )
  return names.length ? ['## Rules', names.map(name => `- ${sentence(name)}`).join('\n')] : []
}

function actionsSection(model: Model): string[] {
  const lines = [
    ...registry.listActions(model.name).map(({ method, path, about }) => `- \`${method} …/${path}/\`: ${about}`),
    ...registry.actions(model.name).map(({ method, path, about }) => `- \`${method} …/{id}/${path}/\`: ${about}`),
  ]
  return lines.length ? ['## Actions', lines.join('\n')] : []
}

function indexPage(): string {
  const apps = registry.apps.map(
    app =>
      `## ${app.label}\n\n${app.models
        .filter(model => !model.spec.internal)
        .map(model => `- [${sentence(model.spec.label)}](${model.name}.md): ${model.spec.about}`)
        .join('\n')}`,
  )
  return `# Object types\n\n${apps.join('\n\n')}\n`
}

function settingsPage(): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    `\`${name}\``,
    setting.type,
    `\`${JSON.stringify(setting.default)}\``,
    setting.doc,
  ])
  return `# Settings\n\nEnvironment variables, or lines of \`demarc.yaml\`.\n\n${table(['name', 'type', 'default', ''], rows)}\n`
}

function finish(): void {
  const wrong: string[] = []
  for (const [path, text] of pages) {
    const file = join(root, path)
    if (read(file) === text) continue
    wrong.push(path)
    if (check) continue
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
  }
  for (const name of list(join(root, 'models'))) {
    if (pages.has(`models/${name}`)) continue
    wrong.push(`models/${name}`)
    if (!check) rmSync(join(root, 'models', name))
  }
  if (check && wrong.length) {
    console.error(
      `Out of date, run npm run generate: ${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ` and ${wrong.length - 5} more` : ''}`,
    )
    process.exit(1)
  }
  console.log(check ? 'Generated pages are up to date.' : `${wrong.length} of ${pages.size} pages written.`)
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
