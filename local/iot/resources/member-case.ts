import { isJsonObject } from '../../json-object.ts';

const smallInitial = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** CloudFormation writes the API's member names with a capital initial, at every depth. */
export const withSmallInitials = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withSmallInitials);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [smallInitial(name), withSmallInitials(member)]));
};
