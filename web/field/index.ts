import type { Widget } from '@demarc/engine/meta'
import { address } from './address.tsx'
import { anyRef } from './anyRef.tsx'
import { attributes } from './attributes.tsx'
import { color } from './color.tsx'
import { date } from './date.tsx'
import { datetime } from './datetime.tsx'
import { duration } from './duration.tsx'
import { image } from './image.tsx'
import { json } from './json.tsx'
import { list } from './list.tsx'
import { longtext } from './longtext.tsx'
import { mac } from './mac.tsx'
import { mapping } from './mapping.tsx'
import { markdown } from './markdown.tsx'
import { multiselect } from './multiselect.tsx'
import { number } from './number.tsx'
import { ref } from './ref.tsx'
import { refs } from './refs.tsx'
import { select } from './select.tsx'
import { switch_ } from './switch.tsx'
import { tags } from './tags.tsx'
import { text } from './text.tsx'
import { url } from './url.tsx'
import type { FieldView } from './view.ts'

const views = {
  text,
  longtext,
  markdown,
  number,
  switch: switch_,
  select,
  multiselect,
  ref,
  refs,
  anyRef,
  tags,
  color,
  date,
  datetime,
  duration,
  json,
  address,
  mac,
  url,
  image,
  list,
  mapping,
  attributes,
} satisfies Record<Widget, FieldView>

/** How to draw a widget; one that is newer than this page is drawn as text. */
export function viewOf(widget: Widget): FieldView {
  return views[widget] ?? text
}
