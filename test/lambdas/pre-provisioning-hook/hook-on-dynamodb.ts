import { verify } from '../../../approaches/pki/verify.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { createHook } from '../../../lambdas/pre-provisioning-hook/hook.ts';
import { systemClock } from '../../../lambdas/middleware/clock.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aHookEvent } from '../../builders/hook-event.ts';
import { aCertificateId, aSerial } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import type { LocalDynamoDb } from '../../fakes/local-dynamodb.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { seededRandom } from '../../fakes/seeded-random.ts';

export interface Fleet {
  readonly serials: readonly string[];
  readonly claims?: readonly Partial<Claim>[];
  readonly line?: Partial<LineSettings>;
  readonly enrollment?: Partial<Enrollment>;
}

/** A claim that is open now, by the clock of this machine. */
const openClaim = (more: Partial<Claim>): Claim => aClaim({ opensAt: Date.now() - 1, expiresAt: Date.now() + 3_600_000, ...more });

/** The hook on a table of its own, in which these serials are registered. */
export const hookOnDynamoDb = async (dynamoDb: LocalDynamoDb, { serials, claims = [{}], line = {}, enrollment = {} }: Fleet) => {
  const store = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName: await dynamoDb.newTable() });
  for (const claim of claims) await store.createClaim(openClaim(claim));
  const enrollments = serials.map((serial) => anEnrollment({ serialNumber: aSerial(serial), ...enrollment }));
  for (let start = 0; start < enrollments.length; start += 100) await store.registerAll(enrollments.slice(start, start + 100));
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const hook = createHook({
    approach: 'pki',
    verify,
    deployment: { prefix: 'muster', topicPrefix: 'muster' },
    lines: [aLineSettings({ attestation: 'serial-only', ...line })],
    store,
    audit,
    faults,
    clock: systemClock,
    random: seededRandom(7),
    newId: numberedIds(),
    refusalFloorMs: 0,
  });
  let certificates = 0;
  /** Lets a device with this certificate ask, and tells whether it is let in. */
  const ask = async (
    serial: string,
    certificatePem: string,
    claimCertificateId: CertificateId = aClaim().certificateId,
  ): Promise<boolean> => {
    certificates += 1;
    const certificateId = aCertificateId(`c${certificates}`);
    const event = aHookEvent(certificatePem, { certificateId, claimCertificateId, parameters: { SerialNumber: serial } });
    return (await hook(event, aLambdaContext())).allowProvisioning;
  };
  dynamoDb.takeSent();
  return { store, audit, faults, ask };
};
