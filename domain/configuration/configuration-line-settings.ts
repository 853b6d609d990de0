import type { Configuration } from './configuration-schema.ts';
import type { LineSettings } from '../line-settings.ts';

/** What the decisions about devices need to know of the lines. */
export const lineSettingsOf = ({ lines }: Configuration): readonly LineSettings[] =>
  lines.map(({ name, attestation, approval, reprovision, allocation }) => ({ name, attestation, approval, reprovision, allocation }));
