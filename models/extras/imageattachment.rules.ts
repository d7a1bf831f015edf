import { rules, type Registry } from '@demarc/engine/model'
import { isUpload, type Picture } from '@demarc/engine/storage'
import { ImageAttachment } from './imageattachment.ts'

export default rules(ImageAttachment, {
  load: async ({ registry }) => registry,
  prepare: {
    'pictures are attached to objects that can have some': ({ row, fail }, registry: Registry) => {
      const type = row['object_type'] as string
      if (!registry.having('image_attachments').includes(type))
        fail(null, `Image attachments cannot be assigned to this object type (${type}).`)
    },
    'the size of a picture is read from the picture': ({ row }) => {
      if (!isUpload(row['image'])) return
      const { width, height, bytes } = row['image'] as unknown as Picture
      Object.assign(row, { image_width: width, image_height: height, image_size: bytes.length })
    },
  },
})
