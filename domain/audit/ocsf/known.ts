/** A member of an object, where its value is known. */
export const known = (key: string, value: unknown): Readonly<Record<string, unknown>> => (value === undefined ? {} : { [key]: value });
