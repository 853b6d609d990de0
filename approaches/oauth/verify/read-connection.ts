import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { BoundaryPart, ConnectingDevice, SessionTimes } from '../../../domain/connection/connection-verdict.ts';
import type { ClientIdLine } from '../../../domain/client-id.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import { type OAuthEvidence, readOAuthEvidence } from '../evidence.ts';
import type { AccessToken } from '../evidence/access-token.ts';
import { presentedDevice } from '../evidence/presented-device.ts';
import type { TokenProof } from '../evidence/proof.ts';
import type { IssuerSettings, OAuthLineSettings, OAuthSettings } from '../evidence/settings.ts';
import { sessionOf } from './lifetime.ts';
import { refusalOfAccessToken, trustedIssuer } from './refusal-of-access-token.ts';
import { refusalOfDeviceToken } from './refusal-of-device-token.ts';
import { refusalOfProofBeside } from './refusal-of-proof.ts';
import { partsOpenedBy } from './scopes.ts';

/** The deployment that a connection is read for. */
export interface ReadingTerms {
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
  readonly settings: Pick<OAuthSettings, 'issuers' | 'lines'>;
}

interface Read {
  readonly device: ConnectingDevice;
  readonly credentialId?: string;
  readonly connectionId: string;
  readonly times: SessionTimes;
  readonly parts: readonly BoundaryPart[];
  readonly inheritedId?: string;
}

/** Everything about a connection that is as it should be, if only the signatures are good and the enrollment asks for this. */
export type ReadOAuthConnection = Read &
  (
    | { readonly kind: 'access-token'; readonly token: AccessToken; readonly issuer: IssuerSettings; readonly proof?: TokenProof }
    | Extract<OAuthEvidence, { kind: 'device-token' }>
  );

/** Reads a connection and makes every check that costs no request; a reason where one fails. */
export const readConnection = (terms: ReadingTerms, presentation: ConnectionPresentation): ReadOAuthConnection | ReasonCode => {
  const device = presentedDevice(terms.prefix, terms.clientIdLines, presentation);
  if (device === undefined) return 'malformed-request';
  const line = terms.settings.lines.find(({ name }) => name === device.line);
  if (line === undefined) return 'another-approach';
  const evidence = readOAuthEvidence(presentation.password);
  if (evidence === undefined) return 'evidence-refused';
  const reading = { presentation, device, line };
  return evidence.kind === 'device-token' ? readDeviceToken(evidence, reading) : readAccessToken(evidence, reading, terms.settings.issuers);
};

interface Reading {
  readonly presentation: ConnectionPresentation;
  readonly device: ConnectingDevice;
  readonly line: OAuthLineSettings;
}

const readDeviceToken = (
  evidence: Extract<OAuthEvidence, { kind: 'device-token' }>,
  { presentation, device, line }: Reading,
): ReadOAuthConnection | ReasonCode => {
  const { deviceTokens } = line;
  if (deviceTokens === undefined) return 'evidence-refused';
  const { claims } = evidence.token;
  const reason = refusalOfDeviceToken(evidence.token, deviceTokens, presentation.at);
  const shown = credentialOf(evidence.token.header.kid);
  return reason ?? { ...evidence, ...shown, ...connectionOf(presentation, device, claims.exp), parts: deviceTokens.parts };
};

const readAccessToken = (
  evidence: Extract<OAuthEvidence, { kind: 'access-token' }>,
  { presentation, device, line }: Reading,
  issuers: readonly IssuerSettings[],
): ReadOAuthConnection | ReasonCode => {
  const { token, proof } = evidence;
  const issuer = trustedIssuer(token, line, issuers);
  if (issuer === undefined) return 'unknown-issuer';
  const reason =
    refusalOfAccessToken(token, { line, issuer, at: presentation.at }) ??
    refusalOfProofBeside(token, proof, { ...presentation, windowSeconds: line.proofWindowSeconds });
  if (reason !== undefined) return reason;
  const shown = credentialOf(token.claims.cnf?.jkt ?? token.header.kid);
  return {
    ...evidence,
    ...shown,
    issuer,
    ...connectionOf(presentation, device, token.claims.exp),
    parts: partsOpenedBy(token.all, issuer),
  };
};

// The device's own key names it best; else the key that signed its token.
const credentialOf = (id: string | undefined) => (id === undefined ? {} : { credentialId: id });

// Who connects by a path of another service has topics of that service, too.
const connectionOf = ({ at, clientId, connectionId }: ConnectionPresentation, device: ConnectingDevice, exp: number) => ({
  device,
  connectionId,
  times: sessionOf(exp, at),
  ...(clientId === device.thingName ? {} : { inheritedId: device.serialNumber }),
});
