const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

// XML 1.0 §2.2: these characters cannot appear, not even escaped; §2.11: a bare carriage return would be read as a line feed.
const forbidden = /(?![\t\n\r])\p{Cc}(?<![\u007F-\u009F])|[\uFFFE\uFFFF]/gu;

/** Text content or attribute value, escaped. */
export const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '\uFFFD')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character)
    .replace(/\r/g, '&#xD;');

const scalarText = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return escapeXml(value);
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
};

const mapContent = (map: ReadonlyMap<unknown, unknown>): string =>
  [...map].map(([key, value]) => `<entry>${xmlElement('key', key)}${xmlElement('value', value)}</entry>`).join('');

const content = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => xmlElement('member', item)).join('');
  if (value instanceof Map) return mapContent(value);
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) return xmlMembers(value);
  return scalarText(value);
};

/** One element as the AWS query protocol writes it: arrays as `<member>`s, `Map`s as `<entry>`s, undefined as nothing. */
export const xmlElement = (name: string, value: unknown): string =>
  value === undefined || value === null ? '' : `<${name}>${content(value)}</${name}>`;

/** An object's members, each an element. */
export const xmlMembers = (value: object): string =>
  Object.entries(value)
    .map(([name, member]) => xmlElement(name, member))
    .join('');
