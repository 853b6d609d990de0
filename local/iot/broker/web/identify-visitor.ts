import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Admission } from '../../custom-authentication/authorizer-answer.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { Access } from '../access.ts';
import { logAuthenticationFailure } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import { httpPresented } from './web-request.ts';
import type { WebVisit } from './web-visit.ts';

interface Cached {
  readonly admission: Admission;
  readonly expiresAt: number;
}

/** Answers of authorizers with caching for HTTP, for as long as the connection is kept alive (DG:custom-auth-lambda). */
export type AdmissionCache = WeakMap<Duplex, Cached>;

const certificateOf = (core: BrokerCore, { peer }: WebVisit, access: Access): string | undefined => {
  if (peer.certificateDer === undefined) return undefined;
  const authentication = core.directory.authenticate(peer.certificateDer, peer);
  if (authentication.isAuthenticated) return authentication.certificateId;
  logAuthenticationFailure(core, peer, { ...authentication, authenticationType: access.authenticationType });
  return undefined;
};

const admissionFor = async (
  core: BrokerCore,
  visit: WebVisit,
  asked: {
    readonly message: IncomingMessage;
    readonly access: Access;
    readonly certificateId: string | undefined;
    readonly cache: AdmissionCache;
  },
): Promise<Admission | undefined> => {
  const { cache, certificateId, access } = asked;
  const known = cache.get(visit.socket);
  if (known !== undefined && known.expiresAt > core.clock.now()) return known.admission;
  const pem = certificateId === undefined ? undefined : core.directory.certificatePem(certificateId);
  const certificate = certificateId === undefined || pem === undefined ? undefined : { pem, principalId: certificateId };
  const tls = { serverName: visit.peer.serverName, certificate };
  const presented = { connectionId: randomUUID(), tls, http: httpPresented(asked.message) };
  const verdict = await core.customAuthentication.authenticate(presented, access.authorizerConfig);
  if (!verdict.isAuthenticated) {
    const { reason } = verdict;
    logAuthenticationFailure(core, visit.peer, { isAuthenticated: false, reason, authenticationType: access.authenticationType });
    return undefined;
  }
  const { admission, isCacheableForHttp } = verdict;
  if (isCacheableForHttp) cache.set(visit.socket, { admission, expiresAt: core.clock.now() + admission.refreshAfterSeconds * 1000 });
  return admission;
};

/** Whose request it is, as policies see it; undefined when it is nobody's. There is no client id, and so no thing, over HTTP. */
export const identifyVisitor = async (
  core: BrokerCore,
  visit: WebVisit,
  asked: { readonly message: IncomingMessage; readonly access: Access; readonly cache: AdmissionCache },
): Promise<PolicySubject | undefined> => {
  const { authenticationType, caller } = asked.access;
  const { sourceIp, serverName } = visit.peer;
  const nobody = { certificateId: undefined, clientId: '', sourceIp, serverName };
  if (authenticationType === 'AWS_SIGV4') return { ...nobody, caller };
  const wantsCertificate = authenticationType !== 'CUSTOM_AUTH';
  const certificateId = wantsCertificate ? certificateOf(core, visit, asked.access) : undefined;
  if (wantsCertificate && certificateId === undefined) return undefined;
  if (authenticationType === 'AWS_X509') return { ...nobody, certificateId };
  const admitted = await admissionFor(core, visit, { ...asked, certificateId });
  return admitted === undefined ? undefined : { ...nobody, certificateId, admitted };
};
