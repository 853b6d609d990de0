import { signingRequests } from '../../../approaches/pki/verify.ts';
import { createProvider, type ProviderProps } from '../../../lambdas/certificate-provider/provider.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aLine } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { recordedSigning } from '../../fakes/certificate-signing.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { notedCertificates } from '../../fakes/in-memory-issued-certificates.ts';
import { inMemoryIssuanceStore } from '../../fakes/in-memory-issuance-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';

export const FLOOR_MS = 300;

const lines = ['sensor', 'gateway'].map((name) => aLineSettings({ attestation: 'serial-only', name: aLine(name) }));

/** What AWS IoT asks a provider (DG:provisioning-cert-provider). */
export const aProviderEvent = (more: Readonly<Record<string, unknown>> = {}) => ({
  certificateSigningRequest: requestPem({ commonName: 'SN-1' }),
  principalId: aCertificateId('claim'),
  clientId: CLIENT_ID,
  ...more,
});

/** A provider for one open claim and one enrolled device, `SN-1` of the line `sensor`, and what can be seen of it from outside. */
export const aProvider = async (more: Partial<ProviderProps> = {}, enrollment = anEnrollment(), claim = aClaim()) => {
  const store = new InMemoryEnrollmentStore();
  await store.register(enrollment);
  await store.createClaim(claim);
  const [clock, audit, faults] = [new SimulatedClock(NOON), recordedAuditLog(), recordedFaultLog()];
  const { orders, signing } = recordedSigning();
  const issuance = inMemoryIssuanceStore(store);
  const issued = notedCertificates();
  const terms = lines.map(({ name }) => ({ line: name, validityDays: 30, keyUsage: ['digitalSignature'] as const }));
  const provider = createProvider({
    ...{ approach: 'pki', requests: signingRequests, prefix: 'muster', clientIdLines: [], lines, clock, audit, faults, signing },
    terms: { lines: terms, perDeviceDaily: 3, perClaimHourly: 5 },
    ...{ records: issuance, budget: issuance, issued, newId: numberedIds(), refusalFloorMs: FLOOR_MS },
    ...more,
  });
  return {
    ...{ store, clock, orders, noted: issued.noted, events: audit.events, faults: faults.faults },
    /** Calls the provider as AWS IoT does, and tells how long it took on its clock. */
    call: async (event: unknown, awsRequestId = 'request-1') => {
      const startedAt = clock.now();
      const answer = await provider(event, { ...aLambdaContext(), awsRequestId });
      return { answer, tookMs: clock.now() - startedAt };
    },
  };
};
