// OWASP, "CSV Injection": what a spreadsheet takes for the beginning of a formula, in full width, too.
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Text as one field of CSV (RFC 4180) that no spreadsheet takes for a formula. */
export const csvField = (text: string): string => {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /["',\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
