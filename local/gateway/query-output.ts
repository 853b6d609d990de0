/** The elements that the AWS query protocol makes of an output: arrays become `<member>`s, `Map`s `<entry>`s, null nothing. */
export const queryOutput = (value: unknown): unknown => {
  if (Array.isArray(value)) return { member: value.map(queryOutput) };
  if (value instanceof Map) return { entry: [...value].map(([key, entry]: [unknown, unknown]) => ({ key, value: queryOutput(entry) })) };
  if (typeof value !== 'object' || value instanceof Date) return value;
  return value === null ? undefined : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, queryOutput(member)]));
};
