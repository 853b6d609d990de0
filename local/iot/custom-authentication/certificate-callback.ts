import { createHash, randomUUID, type X509Certificate } from 'node:crypto';
import { isJsonObject } from '../../json-object.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import { type AuthenticationCaller, invokeInTime } from './invoke-in-time.ts';

/** Asks an endpoint's own function about a client certificate, the end entity first; true lets the client go on. */
export type CertificateCallback = (domain: DomainConfiguration, chain: readonly X509Certificate[]) => Promise<boolean>;

/** Made of the function that a domain configuration names: "called for every client connect attempt" (DG:customize-client-auth). */
export const createCertificateCallback =
  (dependencies: AuthenticationCaller & { readonly behaviour: IotBehaviour }): CertificateCallback =>
  async ({ arn, domainName, clientCertificateCallbackArn }, chain) => {
    const [certificate] = chain;
    if (clientCertificateCallbackArn === undefined || certificate === undefined) return true;
    const isPem = dependencies.behaviour['domain-configuration.callback-chain'] === 'pem';
    const event = {
      connectionMetadata: { id: randomUUID() },
      principalId: createHash('sha256').update(certificate.raw).digest('hex'),
      serverName: domainName,
      clientCertificateChain: chain.map((each) => (isPem ? each.toString() : each.raw.toString('base64'))),
    };
    const result = await invokeInTime(dependencies, { functionArn: clientCertificateCallbackArn, sourceArn: arn }, event);
    return result.outcome === 'returned' && isJsonObject(result.payload) && result.payload['isAuthenticated'] === true;
  };
