import type { Json } from '../../kubernetes/json';
import { withTexts } from '../../kubernetes/texts';

/** A value as the chart takes it where it looks for templates in it: it comes out as it was, but for templates that are meant. */
export function verbatim(value: Json, templates: readonly string[] = []): Json {
  return withTexts(value, (text) => (templates.includes(text) ? text : text.replaceAll('{{', '{{`{{`}}')));
}
