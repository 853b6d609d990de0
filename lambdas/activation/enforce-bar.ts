import { type ClientIdLine, clientIdsInUse } from '../../domain/client-id.ts';
import type { ConnectionEnding } from '../../domain/claim/claim-ports.ts';
import type { CertificateStates, ThingGroups } from '../../domain/device-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { ThingSightings } from './read-sightings.ts';

/** What keeps devices out at AWS IoT. */
export interface BarKeeper {
  readonly groups: Pick<ThingGroups, 'add' | 'isIn'>;
  readonly certificateStates: Pick<CertificateStates, 'deactivate' | 'revoke'>;
  readonly connectionEnding: ConnectionEnding;
  readonly clientIdLines: readonly ClientIdLine[];
  readonly quarantineGroup: string;
}

/** As whom a device was seen. */
export type Seen = Pick<ThingSightings, 'sightings' | 'proven'>;

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
      return expel(keeper, enrollment, seen);
    case 'registered':
    case 'pending':
    case 'admitted':
    case 'active':
    case 'rotating':
      return undefined;
  }
};

// Looked up first: a device in quarantine may connect and speak of its diagnosis, and must not be cut off each time it does.
const quarantine = async (keeper: BarKeeper, enrollment: Enrollment, seen: Seen): Promise<void> => {
  const { groups, quarantineGroup } = keeper;
  const wasIn = await groups.isIn(enrollment.thingName, quarantineGroup);
  if (!wasIn) await groups.add(enrollment.thingName, quarantineGroup);
  await endAnonymous(keeper, seen);
  const isBoundByItsGroup = seen.sightings.length > 0;
  if (isBoundByItsGroup ? !wasIn : mayHaveBeenJudgedBefore(enrollment, seen)) await endConnections(keeper, enrollment);
};

// Such a connection ends with its certificate, as quarantine would have had it.
const endAnonymous = async ({ certificateStates }: BarKeeper, { sightings }: Seen): Promise<void> => {
  for (const { certificateId, isAnonymous } of sightings) if (isAnonymous === true) await certificateStates.deactivate(certificateId);
};

/** AWS IoT waits five seconds for an authorizer; the rest is for clocks that differ. */
const JUDGED_BEFORE_MS = 10_000;

// Its authorizer bounds it to its diagnosis, whatever group it is in, unless it was asked before the operator's word.
const mayHaveBeenJudgedBefore = ({ lastEvent }: Enrollment, { proven }: Seen): boolean =>
  lastEvent.code === 'device.quarantined' && proven !== undefined && proven.at < lastEvent.at + JUDGED_BEFORE_MS;

const expel = async (keeper: BarKeeper, enrollment: Enrollment, { sightings }: Seen): Promise<void> => {
  for (const { certificateId } of sightings) await keeper.certificateStates.revoke(certificateId);
  await endConnections(keeper, enrollment);
};

const endConnections = async ({ connectionEnding, clientIdLines }: BarKeeper, enrollment: Enrollment): Promise<void> => {
  for (const clientId of clientIdsInUse(clientIdLines, enrollment)) await connectionEnding.end(clientId);
};
