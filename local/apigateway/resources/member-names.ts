import type { Properties } from '../../cloudformation/resource-provider.ts';
import { isJsonObject } from '../../json-object.ts';

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** CloudFormation writes the API's members with a capital; of those named in `nested`, what is within as well. */
export const memberNames = (properties: Properties, nested: readonly string[] = []): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      lowerFirst(name),
      nested.includes(name) && isJsonObject(value) ? memberNames(value, nested) : value,
    ]),
  );

const isTrue = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);

/** Booleans and numbers of templates may be texts. */
export const withTypes = (
  members: Properties,
  types: { readonly booleans?: readonly string[]; readonly integers?: readonly string[] },
): Properties =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (types.booleans?.includes(name) === true) return [name, isTrue(value)];
      return [name, types.integers?.includes(name) === true && typeof value === 'string' ? Number(value) : value];
    }),
  );
