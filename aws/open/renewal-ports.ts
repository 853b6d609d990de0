import { setTimeout as sleep } from 'node:timers/promises';
import { ACMPCAClient } from '@aws-sdk/client-acm-pca';
import { IoTClient } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../../domain/device-ports.ts';
import type { IssuedCertificates } from '../../domain/issuance/issuance-ports.ts';
import type { CertificateRetirement } from '../../domain/ports.ts';
import type { DeviceCertificates, DevicePlacing } from '../../domain/registry-ports.ts';
import type { CertificateIssuing, DeviceMessages } from '../../domain/rotation/rotation-ports.ts';
import { createIotCertificateIssuing } from '../iot/certificate-issuing.ts';
import { createIotCertificateRetirement } from '../iot/certificate-retirement.ts';
import { createIotCertificateStates } from '../iot/certificate-states.ts';
import { createIotDeviceCertificates } from '../iot/device-certificates.ts';
import { createIotDeviceMessages } from '../iot/device-messages.ts';
import { createIotDevicePlacing } from '../iot/device-placing.ts';
import { createPrivateCaIssuing, type PrivateCaIssuing } from '../private-ca/issuing.ts';
import { openCertificateRevocation } from '../private-ca/revocation.ts';
import { createPrivateCaSigning, type PrivateAuthority } from '../private-ca/signing.ts';

export interface RenewalPorts {
  readonly issuing: CertificateIssuing;
  readonly certificates: Pick<DeviceCertificates, 'find' | 'activate'>;
  readonly certificateStates: Pick<CertificateStates, 'deactivate'>;
  readonly placing: Pick<DevicePlacing, 'bind'>;
  readonly retirement: CertificateRetirement;
  readonly messages: DeviceMessages;
}

type OwnAuthority = PrivateAuthority & Pick<PrivateCaIssuing, 'terms'>;

/** What credentials are renewed with. AWS takes a few calls a second: rather wait than give up. */
export const openRenewalPorts = (
  authority: OwnAuthority | undefined,
  issued: IssuedCertificates,
  client = new IoTClient({ maxAttempts: 6 }),
): RenewalPorts => ({
  issuing: authority === undefined ? createIotCertificateIssuing(client) : issuingBy(authority, issued, client),
  certificates: createIotDeviceCertificates(client),
  certificateStates: createIotCertificateStates(client),
  placing: createIotDevicePlacing(client),
  retirement: createIotCertificateRetirement(client, openCertificateRevocation(authority?.arn)),
  messages: createIotDeviceMessages(),
});

const issuingBy = (authority: OwnAuthority, issued: IssuedCertificates, client: IoTClient): CertificateIssuing => {
  const signing = createPrivateCaSigning(new ACMPCAClient({ maxAttempts: 6 }), authority, async (delayMs) => sleep(delayMs));
  return createPrivateCaIssuing({ signing, terms: authority.terms, client, issued, now: () => Date.now() });
};
