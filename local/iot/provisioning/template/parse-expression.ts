import { isJsonObject } from '../../../json-object.ts';
import { literal } from './expression.ts';
import type { Expression, ListExpression, SubPart } from './expression.ts';
import { malformedTemplate, readMap, readString } from './template-reader.ts';

// Values that AWS IoT gives by itself. DG:provision-template names the certificate's id for fleet provisioning, the rest for JITP.
// Any other AWS:: name, such as AWS::Region, is not listed for provisioning templates; assumed to be refused.
const pseudoParameters: ReadonlySet<string> = new Set(
  ['Id', 'Country', 'Organization', 'OrganizationalUnit', 'DistinguishedNameQualifier', 'StateName', 'CommonName', 'SerialNumber'].map(
    (name) => `AWS::IoT::Certificate::${name}`,
  ),
);

function readReference(name: string, where: string): string {
  if (name === '') throw malformedTemplate(where, 'the name of a parameter is empty');
  if (name.startsWith('AWS::') && !pseudoParameters.has(name)) {
    throw malformedTemplate(where, `"${name}" is not a pseudo parameter of provisioning templates`);
  }
  return name;
}

function readArguments(value: unknown, where: string, count: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== count) throw malformedTemplate(where, `expected a list of ${count}`);
  return value;
}

// `${name}` is replaced, `${!name}` is the text `${name}` (CloudFormation's Fn::Sub; assumed to hold here).
function parseSubText(text: string, where: string): readonly SubPart[] {
  return text.split(/(\$\{[^}]*\})/).map((part): SubPart => {
    const [, name] = /^\$\{([^}]*)\}$/.exec(part) ?? [];
    if (name === undefined) return { kind: 'text', text: part };
    if (name.startsWith('!')) return { kind: 'text', text: `\${${name.slice(1)}}` };
    return { kind: 'variable', name: readReference(name, where) };
  });
}

const functions: Readonly<Record<string, (value: unknown, where: string) => Expression>> = {
  Ref: (value, where) => ({ kind: 'ref', name: readReference(readString(value, where), where) }),
  'Fn::Join': (value, where) => {
    const [delimiter, items] = readArguments(value, where, 2);
    return { kind: 'join', delimiter: readString(delimiter, where), items: parseListExpression(items, where) };
  },
  'Fn::Select': (value, where) => {
    const [index, items] = readArguments(value, where, 2);
    const position = typeof index === 'number' ? literal(String(index)) : parseExpression(index, where);
    return { kind: 'select', index: position, items: parseListExpression(items, where) };
  },
  'Fn::FindInMap': (value, where) => {
    const [map, first, second] = readArguments(value, where, 3);
    return {
      kind: 'findInMap',
      map: parseExpression(map, where),
      first: parseExpression(first, where),
      second: parseExpression(second, where),
    };
  },
  'Fn::Sub': (value, where) => {
    const [text, variables] = Array.isArray(value) ? readArguments(value, where, 2) : [value, {}];
    return { kind: 'sub', parts: parseSubText(readString(text, where), where), variables: readMap(variables, where, parseExpression) };
  },
};

/** The one member of a function call, or undefined for an object that is none. */
function onlyMember(value: unknown): readonly [name: string, argument: unknown] | undefined {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
}

/** Reads a string or a function that yields one. @throws AwsError `InvalidRequestException` */
export function parseExpression(value: unknown, where: string): Expression {
  if (typeof value === 'string') return literal(value);
  const [name, argument] = onlyMember(value) ?? [];
  const read = name === undefined || !Object.hasOwn(functions, name) ? undefined : functions[name];
  if (read === undefined) {
    throw malformedTemplate(where, `expected a string or one of the functions ${Object.keys(functions).join(', ')}`);
  }
  return read(argument, `${where}.${name ?? ''}`);
}

/** Reads a list of expressions, or `Fn::Split`. @throws AwsError `InvalidRequestException` */
export function parseListExpression(value: unknown, where: string): ListExpression {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item, index) => parseExpression(item, `${where}[${index}]`)) };
  const [name, argument] = onlyMember(value) ?? [];
  if (name !== 'Fn::Split') throw malformedTemplate(where, 'expected a list or Fn::Split');
  const [delimiter, source] = readArguments(argument, `${where}.Fn::Split`, 2);
  const separator = readString(delimiter, where);
  if (separator === '') throw malformedTemplate(where, 'the delimiter of Fn::Split is empty');
  return { kind: 'split', delimiter: separator, source: parseExpression(source, where) };
}
