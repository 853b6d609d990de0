// OWASP, "CSV Injection": what a spreadsheet takes for the beginning of a formula.
const FORMULA = /^[=+\-@\t\r\n]/;

/** Text as one field of CSV (RFC 4180) that no spreadsheet takes for a formula. */
export const csvField = (text: string): string => {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /["',\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
