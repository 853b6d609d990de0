/** A piece of a date and time pattern: a letter with how often it is repeated, or text that stands for itself. */
export type PatternPiece = { readonly letter: string; readonly width: number } | { readonly text: string };

/** Splits a pattern as Joda-Time and `java.time` do: letters are fields, and what is in single quotation marks is text. */
export const readTimePattern = (pattern: string): readonly PatternPiece[] =>
  [...pattern.matchAll(/([A-Za-z])\1*|''|'(?:[^']|'')*'?|[^A-Za-z']+/g)].map(([piece, letter]) => {
    if (letter !== undefined) return { letter, width: piece.length };
    if (piece === "''") return { text: "'" };
    return { text: piece.startsWith("'") ? piece.replace(/^'|'$/g, '').replaceAll("''", "'") : piece };
  });

/** The first letter of a pattern that is not among those given. */
export const strangeLetter = (pattern: string, letters: string): string | undefined =>
  readTimePattern(pattern)
    .flatMap((piece) => ('letter' in piece ? [piece.letter] : []))
    .find((letter) => !letters.includes(letter));

export const monthNames: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
];

export const dayNames: readonly string[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
