/** Where the members of an operation's input travel (smithy.io/2.0/spec/http-bindings.html). */
export interface RestBinding {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  /** e.g. `/things/{thingName}`; `{name+}` takes the rest of the path. Labels are input members. */
  readonly uri: string;
  /** Input member by query parameter, e.g. `{ isSetAsActive: 'setAsActive' }` is `?isSetAsActive=` for the member `setAsActive`. Repeated parameters become an array. */
  readonly query?: Readonly<Record<string, string>>;
  /** Input member by header name in lower case. A name that ends in `-` is a prefix: the member is a record. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The member that is the whole body, as a Buffer; without it the body is a JSON object whose keys are members. */
  readonly payload?: string;
}

export type RestMatch = Readonly<Record<string, string>>;

interface CompiledPath {
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  /** More literal segments win over fewer: `/things/x/list` over `/things/{a}/{b}`. */
  readonly literalCount: number;
}

const escapeLiteral = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const segmentPattern = (segment: string): string => {
  if (!segment.startsWith('{')) return escapeLiteral(segment);
  return segment.endsWith('+}') ? '(.+)' : '([^/]+)';
};

export const compilePath = (uri: string): CompiledPath => {
  const segments = uri.split('/').filter((segment) => segment !== '');
  const labels = segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.replace(/^\{|\+?\}$/g, ''));
  const source = segments.map((segment) => `/${segmentPattern(segment)}`).join('');
  return { pattern: new RegExp(`^${source === '' ? '/' : source}/?$`), labels, literalCount: segments.length - labels.length };
};

const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

/** The labels' values, percent-decoded, or undefined when the path is another one, or none. */
export const matchPath = (compiled: CompiledPath, path: string): RestMatch | undefined => {
  const match = compiled.pattern.exec(path);
  if (match === null || !isDecodable(path)) return undefined;
  return Object.fromEntries(compiled.labels.map((label, index) => [label, decodeURIComponent(match[index + 1] ?? '')]));
};
