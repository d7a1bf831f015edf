import type { Widget } from '@demarc/engine/meta'
import { anyRef } from './anyRef.tsx'
import { attributes } from './attributes.tsx'
import { color } from './color.tsx'
import { date } from './date.tsx'
import { datetime } from './datetime.tsx'
import { image } from './image.tsx'
import { json } from './json.tsx'
import { list } from './list.tsx'
import { longtext } from './longtext.tsx'
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
import type { InputView } from './view.ts'

const inputs = {
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
  duration: text,
  json,
  address: text,
  mac: text,
  url: text,
  image,
  list,
  mapping,
  attributes,
} satisfies Record<Widget, InputView>

/** How a widget is filled in; kept apart from how it is drawn, so that only forms load it. */
export function inputOf(widget: Widget, name = ''): InputView {
  // A time zone is text to the server, and one of a few hundred choices to a person.
  return name === 'time_zone' ? select : (inputs[widget] ?? text)
}
