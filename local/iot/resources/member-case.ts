const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const smallInitial = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** CloudFormation writes the API's member names with a capital initial, at every depth. */
export const withSmallInitials = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withSmallInitials);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [smallInitial(name), withSmallInitials(member)]));
};
