import { entriesOf, isObject, listOf } from './json.ts';

// The longest that AWS has, so that what fits here fits everywhere.
const pseudoParameters: ReadonlyMap<string, string> = new Map([
  ['AWS::Partition', 'aws-us-gov'],
  ['AWS::Region', 'us-gov-west-1'],
  ['AWS::AccountId', '123456789012'],
]);

/**
 * A property as it will be after deployment, as far as that can be known: pseudo parameters are filled in and joins made;
 * what only a deployment knows stands in angle brackets.
 */
export const resolveIntrinsics = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolveIntrinsics);
  if (!isObject(value)) return value;
  const [first, ...others] = entriesOf(value);
  const isIntrinsic = first !== undefined && others.length === 0 && (first[0] === 'Ref' || first[0].startsWith('Fn::'));
  return isIntrinsic ? intrinsic(...first) : Object.fromEntries(entriesOf(value).map(([key, member]) => [key, resolveIntrinsics(member)]));
};

const intrinsic = (name: string, argument: unknown): unknown => {
  switch (name) {
    case 'Ref':
      return reference(textOf(argument));
    case 'Fn::Join':
      return join(argument);
    case 'Fn::Sub':
      return textOf(listOf(argument)[0]).replaceAll(/\$\{([^!}][^}]*)\}/g, (_, variable: string) => reference(variable));
    case 'Fn::GetAtt':
      return `<${listOf(argument).map(textOf).join('.')}>`;
    default:
      return `<${name}>`;
  }
};

const reference = (name: string): string => pseudoParameters.get(name) ?? `<${name}>`;

const join = (argument: unknown): string => {
  const [separator, parts] = listOf(argument);
  return listOf(parts)
    .map((part) => textOf(resolveIntrinsics(part)))
    .join(textOf(separator));
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
