/** An object on a cable path, or at the end of a cable: the name of its model, and its id. */
export type Node = readonly [model: string, id: number]

/** `dcim.interface:12` as a node. */
export function parseNode(text: string): Node {
  const at = text.lastIndexOf(':')
  return [text.slice(0, at), Number(text.slice(at + 1))]
}

/** A node as paths store it. */
export const nodeText = (model: string, id: number) => `${model}:${id}`
