import { createOAuthVerifier } from '../../../approaches/oauth/verify.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { ConnectionVerdict } from '../../../domain/connection/connection-verdict.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { InMemoryConnectionStore } from '../../fakes/in-memory-connection-store.ts';
import { CLIENT_ID_LINES, keySet, SETTINGS } from './oauth-world.ts';

export type Verifier = ReturnType<typeof createOAuthVerifier>;

/** A verifier for devices that are enrolled so, before an issuer with these keys, or none. */
export const verifierOf = (
  store: InMemoryConnectionStore | readonly Enrollment[],
  keys: (kid: string | undefined) => typeof keySet | undefined = () => keySet,
): Verifier =>
  createOAuthVerifier({
    prefix: 'muster',
    clientIdLines: CLIENT_ID_LINES,
    settings: SETTINGS,
    store: store instanceof InMemoryConnectionStore ? store : new InMemoryConnectionStore(...store),
    keySetOf: (_issuer, kid) => Promise.resolve(keys(kid)),
  });

/** What comes of a presentation, as the authorizer asks: it is read, then judged. */
export const judge = async (verifier: Verifier, presentation: ConnectionPresentation): Promise<ConnectionVerdict> => {
  const read = verifier.read(presentation);
  return typeof read === 'string' ? { verdict: 'refuse', reason: read } : verifier.judge(read, AbortSignal.timeout(5000));
};
