import { createHash } from 'node:crypto';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { Authentication, AuthenticationFailure, IotDirectory, NamedPeer, ThingView } from '../directory.ts';
import { lineageOf } from './group-hierarchy.ts';
import type { CertificateStatus } from './records.ts';
import type { IotRegistry } from './registry.ts';

const failureOf = (status: Exclude<CertificateStatus, 'ACTIVE'>, behaviour: IotBehaviour): AuthenticationFailure => {
  if (status === 'INACTIVE') return 'DEVICE_CERTIFICATE_INACTIVE';
  return status === 'REVOKED' ? 'DEVICE_CERTIFICATE_REVOKED' : behaviour['certificate.other-states-log-as'];
};

interface Judging {
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
}

const authenticate = ({ registry, behaviour }: Judging, certificateDer: Buffer, peer: NamedPeer | undefined): Authentication => {
  const certificateId = createHash('sha256').update(certificateDer).digest('hex');
  const certificate = registry.certificates.get(certificateId);
  if (certificate === undefined) return { isAuthenticated: false, reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED' };
  if (certificate.status !== 'ACTIVE') return { isAuthenticated: false, certificateId, reason: failureOf(certificate.status, behaviour) };
  const now = registry.clock.now();
  const isCurrent = certificate.notBefore <= now && now <= certificate.notAfter;
  // Several accounts may know it; without SNI nothing says which of them is meant (DG:x509-client-certs).
  const isNameless = certificate.mode === 'SNI_ONLY' && peer !== undefined && peer.serverName === undefined;
  return isCurrent && !isNameless
    ? { isAuthenticated: true, certificateId }
    : { isAuthenticated: false, certificateId, reason: 'NOT_AUTHENTICATED' };
};

const associatedThing = (registry: IotRegistry, certificateId: string, clientId: string): ThingView | undefined => {
  const principal = registry.arn('cert', certificateId);
  const names = registry.thingPrincipals.leftsOf(principal);
  const exclusive = names.find((name) => registry.thingPrincipals.value(name, principal) === 'EXCLUSIVE_THING');
  const thing = registry.things.get(exclusive ?? names.find((name) => name === clientId) ?? '');
  if (thing === undefined) return undefined;
  const type = thing.thingTypeName === undefined ? {} : { thingTypeName: thing.thingTypeName };
  return { thingName: thing.thingName, ...type, attributes: thing.attributes, isExclusive: exclusive !== undefined };
};

const groupsOf = (registry: IotRegistry, thing: ThingView | undefined): readonly string[] =>
  (thing === undefined ? [] : registry.groupMemberships.rightsOf(thing.thingName)).flatMap((name) =>
    lineageOf(registry, name).map((group) => group.thingGroupName),
  );

const defaultDocument = (registry: IotRegistry, policyName: string): readonly string[] => {
  const policy = registry.policies.get(policyName);
  const version = policy?.versions.find(({ versionId }) => versionId === policy.defaultVersionId);
  return version === undefined ? [] : [version.document];
};

const policyDocuments = (registry: IotRegistry, certificateId: string, thing: ThingView | undefined): readonly string[] => {
  const targets = [registry.arn('cert', certificateId), ...groupsOf(registry, thing).map((name) => registry.arn('thinggroup', name))];
  const names = new Set(targets.flatMap((target) => registry.policyAttachments.rightsOf(target)));
  return [...names].flatMap((name) => defaultDocument(registry, name));
};

/** The registry as the broker, the policy engine and provisioning see it: always its present state. */
export const createDirectory = (registry: IotRegistry, behaviour: IotBehaviour): IotDirectory => ({
  authenticate: (certificateDer, peer) => authenticate({ registry, behaviour }, certificateDer, peer),
  associatedThing: (certificateId, clientId) => associatedThing(registry, certificateId, clientId),
  policyDocuments: (certificateId, thing) => policyDocuments(registry, certificateId, thing),
  certificatePem: (certificateId) => registry.certificates.get(certificateId)?.certificatePem,
});
