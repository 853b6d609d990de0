export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value read from JSON is an object, which neither null nor a list is. */
export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
