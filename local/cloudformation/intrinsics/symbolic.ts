/**
 * Before a deployment, what a resource will answer to Ref and GetAtt is not known. It then stands in strings as a
 * symbol: text between NUL characters, which no template can hold. Two plans are compared symbol by symbol.
 */
export const symbol = (text: string): string => `\0${text}\0`;

export const isSymbolic = (value: unknown): value is string => typeof value === 'string' && value.includes('\0');
