import type { LineSettings } from '../../domain/line-settings.ts';
import { aLine } from './identifiers.ts';

/** The line `sensor`, whose devices hold a key that is known in advance. */
export const aLineSettings = (more: Partial<LineSettings> = {}): LineSettings => ({
  name: aLine(),
  attestation: 'pinned-key',
  approval: 'none',
  reprovision: 'never',
  allocation: [],
  ...more,
});
