import Builder from 'fast-xml-builder';

// XML 1.0 §2.2: these characters cannot appear, not even escaped.
const forbidden = /(?![\t\n\r])\p{Cc}(?<![\u007F-\u009F])|[\uFFFE\uFFFF]/gu;

const builder = new Builder({
  ignoreAttributes: false,
  tagValueProcessor: (_name, value) => (value instanceof Date ? value.toISOString() : value),
});

/** Writes elements by name: an array repeats its element, `@_name` is an attribute, `#text` an element's text, undefined is nothing. */
export const writeXml = (elements: object): string =>
  // XML 1.0 §2.11: a bare carriage return would be read as a line feed.
  builder.build(elements).replace(forbidden, '\uFFFD').replaceAll('\r', '&#xD;');

/** A document of its own, with the declaration in front. */
export const writeXmlDocument = (elements: object): string =>
  writeXml({ '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' }, ...elements });
