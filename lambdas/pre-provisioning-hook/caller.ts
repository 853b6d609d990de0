import type { RefusedRequest } from '../../domain/admission/admission-request.ts';
import type { LineName, ThingName } from '../../domain/identifiers.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import type { Invocation } from '../middleware/fail-closed.ts';
import { readFragments } from './request.ts';
import { lineOfTemplate } from './template-arn.ts';

/** Who came, as far as an event tells that may be no request at all. For the record of a refusal. */
export type Caller = Omit<RefusedRequest, 'at' | 'eventId'>;

const UNREADABLE = 'unreadable';

export const callerOf = ({ event, context }: Invocation, prefix: string): Caller => {
  const { claimCertificateId, certificateId, templateArn, clientId, parameters } = readFragments(event);
  const line = templateArn === undefined ? undefined : lineOfTemplate(templateArn, { functionArn: context.invokedFunctionArn, prefix });
  return {
    correlationId: clientId ?? UNREADABLE,
    ...(claimCertificateId === undefined ? {} : { claimCertificateId }),
    ...(certificateId === undefined ? {} : { certificateId }),
    ...(line === undefined ? {} : { line }),
    ...(parameters === undefined ? {} : deviceOf(prefix, line, parameters.SerialNumber)),
  };
};

const deviceOf = (
  prefix: string,
  line: LineName | undefined,
  serialNumber: SerialNumber,
): { serialNumber: SerialNumber; thingName?: ThingName } =>
  line === undefined ? { serialNumber } : { serialNumber, thingName: thingNameOf(prefix, line, serialNumber) };
