import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { ConnectionVerdict } from '../../../domain/connection/connection-verdict.ts';
import type { ConnectionStore } from '../../../domain/connection/connection-ports.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import type { ApproachAuthorizer, ReadConnection } from '../../../lambdas/device-authorizer/approach-authorizer.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';

interface ReadTin extends ReadConnection {
  readonly password: string;
}

/** Shorter than what AWS IoT takes, and longer. */
export const TIMES = { disconnectAfter: 3_600.9, refreshAfter: 60 };

/**
 * A small approach: who knows the word is who they say. `sesame` opens everything, `sesame!` is what a rotation offered, `sesame?` is unsure of the time, and a text
 * that begins with `{` is no evidence at all. A user name says line and serial.
 */
export const tinAuthorizer = (store: Pick<ConnectionStore, 'read'>): ApproachAuthorizer<ReadTin> => ({
  approach: 'tin',
  read: ({ username, password }: ConnectionPresentation) => {
    const [, line = '', serial = ''] = username.split(':');
    if (password.startsWith('{')) return 'malformed-request';
    const names = { line: aLine(line), serialNumber: aSerial(serial) };
    return { password, credentialId: 'the-word', device: { ...names, thingName: thingNameOf('muster', names.line, names.serialNumber) } };
  },
  judge: async ({ password, device }, signal): Promise<ConnectionVerdict> => {
    const enrollment = await store.read(device.thingName, signal);
    if (enrollment === undefined) return { verdict: 'refuse', reason: 'unknown-serial' };
    if (password === 'sesame?') return { verdict: 'clock', enrollment };
    const provesNext = password === 'sesame!';
    if (password !== 'sesame' && !provesNext) return { verdict: 'refuse', reason: 'evidence-refused', enrollment };
    return { verdict: 'admit', enrollment, times: TIMES, parts: ['own', 'line', 'tenant'], ...(provesNext ? { provesNext } : {}) };
  },
});
