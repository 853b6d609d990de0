import type { Context } from 'aws-lambda';
import type { DeviceMessages } from '../../domain/rotation/rotation-ports.ts';
import type { Renewing } from '../../domain/rotation/renewing.ts';
import { topicTree } from '../../domain/topics.ts';
import { type Ask, readAsk } from './read-ask.ts';
import { createRefusalRecord } from './refusal-record.ts';
import { type CertificateRenewer, renewCertificate } from './renew-certificate.ts';
import { renewRequirement } from './renew-requirement.ts';
import type { Renewed } from './settle-offer.ts';

export interface CredentialRenewalProps extends CertificateRenewer {
  readonly topicPrefix: string;
  /** How approaches renew, by their names; the devices of any other have nothing to renew. */
  readonly approaches: Readonly<Record<string, Renewing>>;
  readonly messages: DeviceMessages;
}

/**
 * Answers devices that ask for their next credentials. It rejects where something is broken; the device hears nothing then, asks
 * again, and finds what was done so far.
 */
export const createCredentialRenewal = (
  props: CredentialRenewalProps,
): ((event: unknown, context: Pick<Context, 'awsRequestId'>) => Promise<void>) => {
  const topics = topicTree(props.topicPrefix);
  const putOnRecord = createRefusalRecord(props);
  return async (event, { awsRequestId: requestId }) => {
    const ask = readAsk(event);
    if (ask === undefined) return;
    if (ask.rotation === undefined) {
      putOnRecord({ ...ask, reason: 'malformed-request' });
      return;
    }
    const renewed = await renew(props, ask, requestId);
    if (renewed === undefined) return;
    const { thing, rotation } = ask;
    if (renewed.outcome === 'refused') putOnRecord({ ...renewed, thing, rotation });
    const told = renewed.outcome === 'refused' ? { outcome: renewed.outcome } : renewed;
    await props.messages.tell(topics.credential(thing).tell, { ...told, rotation });
  };
};

const renew = async (props: CredentialRenewalProps, ask: Ask, requestId: string): Promise<Renewed | undefined> => {
  const [enrollment] = await props.store.readMany([ask.thing]);
  if (enrollment === undefined) return { outcome: 'refused', reason: 'unknown-serial' };
  const renewing = props.approaches[enrollment.approach];
  if (renewing === undefined) return { outcome: 'refused', reason: 'another-approach', enrollment };
  return renewing.by === 'certificate'
    ? renewCertificate(props, renewing, { ask, requestId, found: enrollment })
    : renewRequirement(props, renewing, { ...ask, found: enrollment });
};
