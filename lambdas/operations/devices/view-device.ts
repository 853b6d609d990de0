import { timeOfMark } from '../../../domain/connection/accepted-proof.ts';
import { attentionOf } from '../../../domain/attention.ts';
import { holdsCertificates } from '../../../domain/changes/quarantine.ts';
import type { Asking, Enrollment } from '../../../domain/enrollment.ts';
import type { DeviceEvidence, DeviceRecord } from '../../../domain/operations/device-record.ts';
import type { OperatorScope } from '../../../domain/operator-scope.ts';
import type { DeviceResources } from './device-resources.ts';
import { boundAddress } from './bound-address.ts';

type Resources = Pick<DeviceResources, 'claimConnections' | 'describeRequirement' | 'auditReader'>;

/** Whether a scope may see what devices prove, their keys and where they call from. */
export const seesEvidence = ({ role }: OperatorScope): boolean => role !== 'support';

/** A device as a scope is shown it. */
export const viewDevice = async (resources: Resources, enrollment: Enrollment, scope: OperatorScope): Promise<DeviceRecord> => {
  const { line, serialNumber, thingName, tenant, approach, state, version, toRetire, lastEvent } = enrollment;
  const { quarantinedFrom, attributes, manifest, countedAgainst, certificateInUse, lastProof, connectsAs } = enrollment;
  const attention = attentionOf(enrollment);
  const isOpen = seesEvidence(scope);
  return {
    ...{ line, serialNumber, thingName, tenant, approach, state, version, toRetire },
    onProbation: enrollment.onProbation === true,
    certificates: enrollment.certificates.map(({ id, key, issuedAt }) => (isOpen ? { id, key, issuedAt } : { id, issuedAt })),
    lastEvent: { id: lastEvent.id, at: lastEvent.at, code: lastEvent.code },
    ...(quarantinedFrom === undefined ? {} : { quarantinedFrom }),
    ...(state === 'quarantined' && holdsCertificates(enrollment) ? { quarantineLeavesNothing: true } : {}),
    ...(attention === undefined ? {} : { attention }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(countedAgainst === undefined ? {} : { countedAgainst }),
    ...(certificateInUse === undefined ? {} : { certificateInUse }),
    ...(lastProof === undefined ? {} : { lastProof: { at: timeOfMark(lastProof.mark), keyVersion: lastProof.keyVersion } }),
    ...(connectsAs === undefined ? {} : { connectsAs }),
    ...rotationOf(enrollment),
    ...(enrollment.formerOwners === undefined || scope.tenants !== undefined ? {} : { formerOwners: enrollment.formerOwners }),
    ...(enrollment.isChangingHands === undefined ? {} : { isChangingHands: enrollment.isChangingHands }),
    ...(enrollment.awaitsProof === undefined ? {} : { awaitsProof: enrollment.awaitsProof }),
    ...(enrollment.firstKeyVersion === undefined ? {} : { firstKeyVersion: enrollment.firstKeyVersion }),
    ...(enrollment.recovery === undefined ? {} : { recoveryUntil: enrollment.recovery.until }),
    ...(isOpen ? { evidence: await evidenceOf(resources, enrollment) } : {}),
  };
};

const rotationOf = ({ credentialSince, rotateAt, rotation, failedRotations }: Enrollment) => ({
  ...(credentialSince === undefined ? {} : { credentialSince }),
  ...(rotateAt === undefined ? {} : { rotateAt }),
  ...(rotation === undefined ? {} : { rotation: { id: rotation.id, startedAt: rotation.startedAt, until: rotation.until } }),
  ...(failedRotations === undefined ? {} : { failedRotations }),
});

const evidenceOf = async (resources: Resources, enrollment: Enrollment): Promise<DeviceEvidence> => {
  const { boundKey, candidateKey, approvedKey, readmission, refusedKeys = [], pending, contender } = enrollment;
  const described = resources.describeRequirement(enrollment.approach, enrollment.requirement);
  const address = contender === undefined ? undefined : await boundAddress(resources, enrollment);
  return {
    details: described?.details ?? {},
    refusedKeys,
    ...(described === undefined ? {} : { attestation: described.attestation }),
    ...(boundKey === undefined ? {} : { boundKey }),
    ...(address === undefined ? {} : { boundAddress: address }),
    ...(candidateKey === undefined ? {} : { candidateKey }),
    ...(approvedKey === undefined ? {} : { approvedKey }),
    ...(readmission === undefined ? {} : { readmission }),
    ...(pending === undefined ? {} : { pending: await askingOf(resources, pending) }),
    ...(contender === undefined ? {} : { contender: await askingOf(resources, contender) }),
  };
};

const askingOf = async (
  { claimConnections }: Resources,
  { key, at, correlationId, claimCertificateId }: Asking,
): Promise<NonNullable<DeviceEvidence['pending']>> => {
  const address = claimCertificateId && (await claimConnections.addressOf(claimCertificateId, correlationId, at));
  return { key, at, correlationId, ...(address === undefined ? {} : { address }) };
};
