/** What a store holds, as JSON can say it: maps become objects by key, sets lists, bytes base64. */
export const plainValue = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [String(key), plainValue(member)]));
  if (value instanceof Set || Array.isArray(value)) return [...value].map(plainValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
};
