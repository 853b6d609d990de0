import type { Sighting } from '../../domain/activation.ts';
import type { ConnectionEnding } from '../../domain/claim-ports.ts';
import type { CertificateStates, ThingGroups } from '../../domain/device-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';

/** What keeps devices out at AWS IoT. */
export interface BarKeeper {
  readonly groups: Pick<ThingGroups, 'add' | 'isIn'>;
  readonly certificateStates: Pick<CertificateStates, 'revoke'>;
  readonly connectionEnding: ConnectionEnding;
  readonly quarantineGroup: string;
}

/**
 * Acts on a device that was seen although it is barred. Between the hook's yes and what AWS IoT registers upon it an operator
 * may have said no: then the thing came to be after the operator's command looked for it.
 */
export const enforceBar = async (keeper: BarKeeper, enrollment: Enrollment, sightings: readonly Sighting[]): Promise<void> => {
  switch (enrollment.state) {
    case 'quarantined':
      return quarantine(keeper, enrollment);
    case 'revoked':
    case 'decommissioned':
      return expel(keeper, enrollment, sightings);
    case 'registered':
    case 'pending':
    case 'admitted':
    case 'active':
    case 'rotating':
      return undefined;
  }
};

// Looked up first: a device in quarantine may connect and speak of its diagnosis, and must not be cut off each time it does.
const quarantine = async ({ groups, connectionEnding, quarantineGroup }: BarKeeper, { thingName }: Enrollment): Promise<void> => {
  if (await groups.isIn(thingName, quarantineGroup)) return;
  await groups.add(thingName, quarantineGroup);
  await connectionEnding.end(thingName);
};

const expel = async (
  { certificateStates, connectionEnding }: BarKeeper,
  { thingName }: Enrollment,
  sightings: readonly Sighting[],
): Promise<void> => {
  for (const { certificateId } of sightings) await certificateStates.revoke(certificateId);
  await connectionEnding.end(thingName);
};
