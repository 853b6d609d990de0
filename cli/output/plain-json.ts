// What JSON leaves as it is and a terminal does not: C1 controls, format characters, line separators.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** JSON in one line that is the same to programs, and harmless where people look at it. */
export const plainJson = (value: unknown): string => JSON.stringify(value).replaceAll(UNSAFE, escaped);
