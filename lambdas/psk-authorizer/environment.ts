import * as z from 'zod/mini';
import { type PskLine, pskLine } from '../../approaches/psk/settings.ts';

/**
 * The lines that use PSK, which the bundler writes in place of the variable `PSK_LINES`.
 * @throws when they are missing: a function deployed wrongly must not run.
 */
export const readPskLines = (json: string | undefined): readonly PskLine[] => z.parse(z.array(pskLine), JSON.parse(json ?? 'null'));
