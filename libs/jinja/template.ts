import { checkNames } from './check-names.ts'
import { compileBody } from './compile.ts'
import type { Names } from './evaluate.ts'
import type { TemplateNode } from './nodes.ts'
import type { BlockRenderer, Template } from './scope.ts'

/** Makes functions of a parsed template. */
export function compileTemplate(node: TemplateNode, name: string | null, autoescape: boolean, names: Names): Template {
  checkNames(node, names)
  const blocks: BlockRenderer[] = []
  const template: Template = { name, autoescape, blocks, render: compileBody(node.body, names) }
  for (const { body, ...block } of node.blocks.values()) {
    const run = compileBody(body, names)
    blocks.push({
      ...block,
      template,
      render: async scope => {
        await run(scope)
      },
    })
  }
  return template
}
