import type { Widget } from '@demarc/engine/meta'
import * as address from './address.tsx'
import * as anyRef from './anyRef.tsx'
import * as color from './color.tsx'
import * as date from './date.tsx'
import * as datetime from './datetime.tsx'
import * as image from './image.tsx'
import * as json from './json.tsx'
import * as list from './list.tsx'
import * as longtext from './longtext.tsx'
import * as mac from './mac.tsx'
import * as markdown from './markdown.tsx'
import * as multiselect from './multiselect.tsx'
import * as number from './number.tsx'
import * as ref from './ref.tsx'
import * as refs from './refs.tsx'
import * as select from './select.tsx'
import * as switch_ from './switch.tsx'
import * as tags from './tags.tsx'
import * as text from './text.tsx'
import * as url from './url.tsx'
import type { FieldProps, FieldView } from './view.ts'

export type { FieldProps, FieldView }

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
  json,
  address,
  mac,
  url,
  image,
  list,
} satisfies Record<Widget, FieldView>

/** How to draw a widget; one that is newer than this page is drawn as text. */
export function viewOf(widget: Widget): FieldView {
  return views[widget] ?? text
}
