import { AwsError } from '../aws-error.ts';
import type { OperationInput } from './operation.ts';

interface Node {
  [key: string]: Node | string;
}

/** Without a prototype, so that a parameter named `__proto__` is just a name. */
const emptyNode = (): Node => {
  const node: Node = {};
  Object.setPrototypeOf(node, null);
  return node;
};

const place = (root: Node, path: readonly string[], value: string): void => {
  const last = path.at(-1) ?? '';
  let node = root;
  for (const key of path.slice(0, -1)) {
    const next = node[key];
    const child: Node = typeof next === 'object' ? next : emptyNode();
    node[key] = child;
    node = child;
  }
  node[last] = value;
};

const numbered = (node: Node): readonly (Node | string)[] =>
  Object.entries(node)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);

const entryOf = (item: Node | string): [string, unknown] => {
  const node = typeof item === 'object' ? item : {};
  return [typeof node['key'] === 'string' ? node['key'] : '', collapse(node['value'] ?? '')];
};

const collapse = (node: Node | string): unknown => {
  if (typeof node === 'string') return node;
  if (typeof node['member'] === 'object') return numbered(node['member']).map(collapse);
  if (typeof node['entry'] === 'object') return Object.fromEntries(numbered(node['entry']).map(entryOf));
  return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, collapse(member)]));
};

// No input of AWS is that deep; each level costs a call.
const maxDepth = 50;

/**
 * Form parameters of the AWS query protocol as nested members: `A.member.1.B=x` is `{ A: [{ B: 'x' }] }`,
 * `M.entry.1.key`/`value` a record. Every leaf is a string.
 */
export const parseQueryInput = (form: URLSearchParams): OperationInput => {
  const root = emptyNode();
  for (const [name, value] of form) {
    const path = name.split('.');
    if (path.length > maxDepth) throw new AwsError('MalformedInput', `A parameter has more than ${maxDepth} levels.`);
    place(root, path, value);
  }
  return Object.fromEntries(Object.entries(root).map(([key, node]) => [key, collapse(node)]));
};
