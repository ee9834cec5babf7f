/** How a template comes to the files of a chart, and, where that is to be seen, the name or pattern of those that it reads. */
const READING = /(?:\.Files\b|["`]Files["`])(?:\.(?:Get|GetBytes|Lines|Glob)\s+(?:"([^"\\]*)"|`([^`]*)`))?/g;
/** All that a template was given, as text: the files are in it. */
const WRITING_ALL = /\bto(?:Pretty|Raw)?(?:Json|Yaml|Toml)\s+\$(?![\w.])|\$\s*\|\s*to(?:Pretty|Raw)?(?:Json|Yaml|Toml)\b/;
/** From here on a pattern fits more than one name. */
const WILDCARD = /[*?[{\\].*$/s;
/** What helm itself reads, of a chart or of one in it. */
const OF_HELM =
  /^(?:charts\/[^/]+\/)*(?:(?:templates|crds)\/.*|charts\/[^/]+|Chart\.(?:yaml|lock)|values\.(?:yaml|schema\.json)|requirements\.(?:yaml|lock))$/s;
const IN_CHARTS = /^(?:charts\/[^/]+\/)+/;

/**
 * How the names of all files begin that templates read; undefined where only helm can tell.
 * @param texts all that may be rendered as a template.
 */
export function filesRead(texts: Iterable<string>): readonly string[] | undefined {
  const beginnings = new Set<string>();
  for (const text of texts) {
    if (WRITING_ALL.test(text)) return undefined;
    for (const [, quoted, raw] of text.matchAll(READING)) {
      const pattern = quoted ?? raw;
      if (pattern === undefined) return undefined;
      beginnings.add(pattern.replace(WILDCARD, ''));
    }
  }
  return [...beginnings];
}

/**
 * Whether helm needs a file to render a chart. One that is not read is no small thing: a template that copies what it was given copies each byte
 * of it, which may take most of the time.
 * @param path in the chart, or of a chart in it.
 */
export function isNeeded(path: string, read: readonly string[] | undefined): boolean {
  if (!read || OF_HELM.test(path)) return true;
  const ofItsChart = path.replace(IN_CHARTS, '');
  return read.some((beginning) => ofItsChart.startsWith(beginning));
}
