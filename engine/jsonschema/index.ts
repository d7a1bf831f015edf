import { Ajv, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'

const options: Options = {
  strict: false,
  validateFormats: false,
  addUsedSchema: false,
  allErrors: false,
  logger: false,
}

/** Compiled schemas by their text, or what is wrong with them; the oldest go first. */
const compiled = new Map<string, ValidateFunction | string>()

/** What is wrong with a JSON Schema; undefined if nothing is. */
export function schemaFault(schema: unknown): string | undefined {
  const found = compile(schema)
  return typeof found === 'string' ? found : undefined
}

/** Why a value does not conform to a JSON Schema; undefined if it does. */
export function dataFault(schema: unknown, value: unknown): string | undefined {
  const found = compile(schema)
  if (typeof found === 'string') return found
  if (found(value)) return undefined
  const [error] = found.errors ?? []
  const place = error?.instancePath ? `${error.instancePath.slice(1).replaceAll('/', '.')} ` : ''
  return `${place}${error?.message ?? 'is not valid'}`
}

function compile(schema: unknown): ValidateFunction | string {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
    return 'A JSON schema is an object.'
  const text = JSON.stringify(schema)
  const known = compiled.get(text)
  if (known !== undefined) return known
  const made = compileNew(schema)
  if (compiled.size > 500) compiled.delete(compiled.keys().next().value!)
  compiled.set(text, made)
  return made
}

function compileNew(schema: boolean | object): ValidateFunction | string {
  const draft = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : ''
  const validator = /draft-0[67]/.test(draft) ? draft7() : draft.includes('2019-09') ? draft2019() : draft2020()
  const { $schema: _, ...rest } = schema as Record<string, unknown>
  const plain = typeof schema === 'object' ? rest : schema
  try {
    return validator.compile(plain)
  } catch (error) {
    return `Invalid JSON schema definition: ${(error as Error).message}`
  } finally {
    // What one schema calls itself is nothing to the next.
    if (typeof plain === 'object') validator.removeSchema(plain)
  }
}

/** Made when first needed: reading the schema of schemas takes a while. */
const once = (make: () => Ajv): (() => Ajv) => {
  let made: Ajv | undefined
  return () => (made ??= make())
}
const draft7 = once(() => new Ajv(options))
const draft2019 = once(() => new Ajv2019(options))
const draft2020 = once(() => new Ajv2020(options))
