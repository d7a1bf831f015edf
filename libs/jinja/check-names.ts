import { TemplateError } from './errors.ts'
import type { Names } from './evaluate.ts'
import type { Expression, TemplateNode } from './nodes.ts'

/**
 * Finds filters and tests that do not exist, wherever they stand, as Jinja2 does when it compiles a template. Only
 * within `if` and conditions an unknown one waits until it is needed.
 */
export function checkNames(template: TemplateNode, names: Names): void {
  visit(template.body, names)
}

function visit(node: unknown, names: Names): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, names)
    return
  }
  if (typeof node !== 'object' || node === null || !('kind' in node || 'body' in node || 'positional' in node)) return
  const { kind } = node as { kind?: string }
  if (kind === 'if' || kind === 'condition' || kind === 'constant') return
  if (kind === 'filter' || kind === 'test') {
    const { name, line } = node as Extract<Expression, { kind: 'filter' | 'test' }>
    const known = kind === 'filter' ? names.hasFilter(name) : names.hasTest(name)
    if (!known) throw new TemplateError('TemplateAssertionError', `No ${kind} named '${name}'.`, line)
  }
  for (const part of Object.values(node)) visit(part, names)
}
