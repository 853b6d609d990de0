import { holdsCertificates } from '../../domain/changes/quarantine.ts';
import type { ConnectionEnding } from '../../domain/claim/claim-ports.ts';
import type { CertificateStates, ThingGroups } from '../../domain/device-ports.ts';
import { isFormerOwners, JUDGED_BEFORE_MS } from '../../domain/connection/proven-activation.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { POLICY_PROPAGATION_MS } from '../../domain/policy-propagation.ts';
import type { ThingSightings } from './read-sightings.ts';

/** What keeps devices out at AWS IoT. */
export interface BarKeeper {
  readonly groups: Pick<ThingGroups, 'add' | 'isIn'>;
  readonly certificateStates: Pick<CertificateStates, 'deactivate' | 'revoke'>;
  readonly connectionEnding: ConnectionEnding;
  readonly quarantineGroup: string;
}

/** As whom a device was seen. */
export type Seen = Pick<ThingSightings, 'sightings' | 'proven' | 'clientIds'>;

/**
 * Acts on a device that was seen although it is barred. Between the yes of a hook or an authorizer and what AWS IoT makes of it
 * an operator may have said no: then the thing, or the connection, came to be after the operator's command looked for it.
 */
export const enforceBar = async (keeper: BarKeeper, enrollment: Enrollment, seen: Seen): Promise<void> => {
  switch (enrollment.state) {
    case 'quarantined':
      return quarantine(keeper, enrollment, seen);
    case 'revoked':
    case 'decommissioned':
      return expel(keeper, seen);
    case 'registered':
      return partWithFormerOwner(keeper, enrollment, seen);
    case 'pending':
    case 'admitted':
    case 'active':
    case 'rotating':
      return undefined;
  }
};

// What its authorizer let it do is its former owner's.
const partWithFormerOwner = async (keeper: BarKeeper, enrollment: Enrollment, seen: Seen): Promise<void> => {
  if (seen.proven !== undefined && isFormerOwners(enrollment, seen.proven.at)) await endConnections(keeper, seen);
};

// The connection first, whatever becomes of the rest. The group is looked up: a device in quarantine may speak of its diagnosis, and
// must not be cut off each time it connects.
const quarantine = async (keeper: BarKeeper, enrollment: Enrollment, seen: Seen): Promise<void> => {
  const { groups, quarantineGroup } = keeper;
  const isBarred = holdsCertificates(enrollment) || mayHaveOldRights(enrollment, seen);
  if (isBarred) await endConnections(keeper, seen);
  const wasIn = await groups.isIn(enrollment.thingName, quarantineGroup);
  if (!wasIn) await groups.add(enrollment.thingName, quarantineGroup);
  await holdCertificates(keeper, enrollment, seen);
  const isBoundByItsGroup = seen.sightings.length > 0;
  if (!isBarred && isBoundByItsGroup && !wasIn) await endConnections(keeper, seen);
};

// As the command does where it knows of them. A connection without a client id of its own ends in no other way.
const holdCertificates = async ({ certificateStates }: BarKeeper, enrollment: Enrollment, { sightings }: Seen): Promise<void> => {
  const held = sightings.filter(({ isAnonymous }) => isAnonymous === true || holdsCertificates(enrollment));
  for (const { certificateId } of held) await certificateStates.deactivate(certificateId);
};

/**
 * Until its group's policy has come through, AWS IoT may let a certificate do what it could before: each connection of that time ends again.
 * Every other is bounded to its diagnosis by its authorizer, unless that was asked before the operator's word. What is written of
 * a device in quarantine lengthens the time; nothing shortens it.
 */
const mayHaveOldRights = ({ lastEvent }: Enrollment, { sightings, proven }: Seen): boolean =>
  sightings.some(({ at }) => at < lastEvent.at + POLICY_PROPAGATION_MS) ||
  (lastEvent.code === 'device.quarantined' && proven !== undefined && proven.at < lastEvent.at + JUDGED_BEFORE_MS);

const expel = async (keeper: BarKeeper, seen: Seen): Promise<void> => {
  for (const { certificateId } of seen.sightings) await keeper.certificateStates.revoke(certificateId);
  await endConnections(keeper, seen);
};

// What is connected under another name was seen under it, too.
const endConnections = async ({ connectionEnding }: BarKeeper, { clientIds }: Seen): Promise<void> => {
  for (const clientId of clientIds) await connectionEnding.end(clientId);
};
