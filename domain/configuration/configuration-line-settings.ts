import type { Configuration } from './configuration-schema.ts';
import type { LineSettings } from '../line-settings.ts';
import type { LineRotations } from '../rotation/rotation-settings.ts';

/** What the decisions about devices need to know of the lines. */
export const lineSettingsOf = ({ lines }: Configuration): readonly LineSettings[] =>
  lines.map(({ name, attestation, approval, reprovision, allocation, closed, recovery }) => ({
    ...{ name, attestation, approval, reprovision, allocation },
    ...(closed ? { isClosed: true } : {}),
    ...(recovery === 'ticket' ? { returnsByTwo: true } : {}),
  }));

/** The lines whose credentials are replaced, and how. */
export const lineRotationsOf = ({ lines }: Configuration): LineRotations =>
  lines.flatMap(({ name, rotation }) => (rotation === undefined ? [] : [{ line: name, settings: rotation }]));

/** Whether AWS IoT's own log is to be listened to. */
export const watchesRefusals = ({ lines }: Pick<Configuration, 'lines'>): boolean =>
  lines.some(({ triggers }) => triggers.refusedPublishes !== undefined);
