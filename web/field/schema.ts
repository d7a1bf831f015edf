import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'

/** The fields that the JSON Schema of an object asks for, by name; undefined until it is known. */
export function useSchema(model: ModelMeta | undefined, id: string | undefined) {
  const { data } = useQuery({
    queryKey: ['schema', model?.name, id],
    queryFn: async ({ signal }) =>
      schemaFields(await get<{ schema: unknown }>(`${model!.api}${id}/?fields=schema`, signal)),
    enabled: Boolean(model && id),
    staleTime: 60_000,
  })
  return id ? data : none
}

/** A form's fields by their names. */
export type Fields = Readonly<Record<string, FieldMeta>>

const none: Fields = {}

interface Property {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
}

function schemaFields({ schema }: { readonly schema: unknown }): Fields {
  const { properties, required } = Object(schema) as {
    properties?: Readonly<Record<string, Property>>
    required?: readonly string[]
  }
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([key, property]) => [key, fieldOf(key, property, required?.includes(key))]),
  )
}

function fieldOf(key: string, property: Property, required = false): FieldMeta {
  const [type] = [property.type ?? 'string'].flat().filter(each => each !== 'null')
  const spoken = key.replaceAll('_', ' ')
  return {
    label: property.title ?? spoken.charAt(0).toUpperCase() + spoken.slice(1),
    nullable: true,
    widget: 'text',
    ...(type === 'integer' || type === 'number' ? { widget: 'number' } : {}),
    ...(type === 'boolean' && { widget: 'switch' }),
    ...(['object', 'array'].includes(type!) && { widget: 'json' }),
    ...(property.enum && {
      widget: 'select',
      choices: property.enum.filter(isChoice).map(each => [each, String(each)] as const),
    }),
    ...(property.description && { help: property.description }),
    ...(property.default !== undefined && { default: property.default }),
    ...(required && { required }),
  }
}

const isChoice = (value: unknown) => typeof value === 'string' || typeof value === 'number'
