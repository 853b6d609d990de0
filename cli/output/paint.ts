import { styleText } from 'node:util';

/** Colours text for standard output: only where that is a terminal, and never against NO_COLOR. */
export const paint = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text, { stream: process.stdout });
