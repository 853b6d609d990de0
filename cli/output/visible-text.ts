// Controls, format characters, line ends: a name from elsewhere must not move the cursor, nor turn the text around.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text as a terminal may be given it: what cannot be seen is written out. */
export const visible = (text: string): string =>
  text.replaceAll(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
