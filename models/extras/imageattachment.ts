import { anyRef, bigint, image, smallint, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'

export const ImageAttachment = model('extras.imageattachment', {
  label: 'image attachment',
  about: 'A picture of an object.',
  page: false,
  features: recorded,

  fields: {
    object: anyRef(
      { feature: 'image_attachments' },
      { inverse: 'images', key: 'parent', judged: true, missing: 'parent object', filters: { typeId: true } },
    ),
    name: text({ blank: true, default: '', max: 50 }),
    image: image({
      folder: 'image-attachments',
      fileName: ({ object_type, object_id, name }, stem) => `${object_type.split('.')[1]}_${object_id}_${name || stem}`,
    }),
    description: text({ blank: true, default: '', max: 200 }),
    image_height: smallint({ readonly: true }),
    image_width: smallint({ readonly: true }),
    image_size: bigint({ nullable: true, readonly: true }),
    ...logged,
  },

  partOf: ['object'],
  display: { from: ['name', 'image'], as: row => row.name || row.image.split('/').at(-1) },
  order: ['name', 'id'],
  index: [['name', 'id']],
  quick: ['name', 'image', 'description'],
  search: { name: 100, filename: 110, description: 500 },
  brief: ['name', 'image', 'description'],

  file: {
    table: {
      first: ['image', ['parent', 'Object'], 'description', 'dimensions', 'size'],
      more: [
        ['object_type', 'Object Type'],
        'name',
        'filename',
        'image_height',
        'image_width',
        'created',
        'last_updated',
        'id',
      ],
    },
  },

  ui: {
    icon: 'photo',
    columns: ['image', 'parent', 'description'],
    form: {
      'Image attachment': ['image', 'name', 'description'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_imageattachment: RowOf<typeof ImageAttachment>
  }
}
