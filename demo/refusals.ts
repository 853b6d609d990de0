import { claimEvent } from '../domain/claim/claim-event.ts';
import { claimsClose } from '../domain/operations/claims-close.ts';
import type { CreatedClaim } from '../cli/claims/create-claim.ts';
import { topicTree } from '../domain/topics.ts';
import type { ReasonCode } from '../domain/reason-code.ts';
import type { openAuditTrail } from './audit-trail.ts';
import { eventually } from './eventually.ts';
import type { Expectations } from './expectations.ts';
import { type Fleet, type OnboardedDevice, makeClaim, onboardDevice } from './fleet.ts';
import { connectDevice, publishWhereForbidden } from './publish.ts';
import { join } from 'node:path';

export interface RefusalStage {
  readonly fleet: Fleet;
  readonly line: Parameters<typeof makeClaim>[1];
  /** Path of an open claim's description. */
  readonly claim: string;
  readonly trail: Awaited<ReturnType<typeof openAuditTrail>>;
  readonly expectations: Expectations;
}

const REFUSED = 77;

interface Attempt {
  readonly what: string;
  readonly serial: string;
  readonly claim: string;
  readonly because: ReasonCode;
}

/** A device tries; it must learn nothing but no, and the audit log must know why. */
const expectRefusal = async ({ fleet, trail, expectations }: RefusalStage, { what, serial, claim, because }: Attempt): Promise<void> => {
  const { exitCode } = await onboardDevice(fleet, {
    serial,
    claim,
    mqttVersion: '5',
    state: join(fleet.folder, 'impostors', `${serial}-${because}`),
  });
  const event = await eventually(`the audit event of ${what}`, async () =>
    (await trail.events()).find((one) => one.code === 'admission.refused' && one.serialNumber === serial && one.reason === because),
  ).catch(() => undefined);
  expectations.expect(
    what,
    exitCode === REFUSED && event !== undefined,
    `exit code ${exitCode}, on record as ${event?.reason ?? 'nothing'}`,
  );
};

export const refuseUnknownSerial = (stage: RefusalStage): Promise<void> =>
  expectRefusal(stage, {
    what: 'a serial that no manifest named is refused',
    serial: 'SN-FORGED',
    claim: stage.claim,
    because: 'unknown-serial',
  });

export const refuseUsedSerial = (stage: RefusalStage, serial: string): Promise<void> =>
  expectRefusal(stage, { what: 'a used serial with another key is refused', serial, claim: stage.claim, because: 'bound-to-another-key' });

export const refuseUnpinnedKey = (stage: RefusalStage, serial: string): Promise<void> =>
  expectRefusal(stage, { what: 'a key that is not the pinned one is refused', serial, claim: stage.claim, because: 'not-the-pinned-key' });

/** The hook obeys a claim that is closed in the table at once; that AWS IoT ends its connections too comes second. */
export const refuseClosedClaim = async (stage: RefusalStage, serial: string): Promise<void> => {
  const { operator } = stage.fleet;
  const { claim, files } = await makeClaim(stage.fleet, stage.line, { name: 'closed-batch', quota: 10 });
  await closeRecord(stage, claim);
  await expectRefusal(stage, { what: 'a closed claim lets nobody in', serial, claim: files.claim, because: 'claim-closed' });
  await operator.client.call(claimsClose, { claim: { name: claim.name } });
};

// What `muster claims close` does first, and nothing of the rest.
const closeRecord = async ({ fleet: { operator } }: RefusalStage, { certificates }: CreatedClaim['claim']): Promise<void> => {
  const claims = await operator.claims.readClaims(certificates.map(({ certificateId }) => certificateId));
  for (const claim of claims) {
    const stamp = { id: `closed-${claim.certificateId}`, at: Date.now(), actor: { kind: 'service', name: 'demo' } } as const;
    await operator.claims.close(claim, claimEvent('claim.closed', claim, stamp));
  }
};

export const refuseNeighboursTopic = async (
  { fleet, expectations }: RefusalStage,
  device: OnboardedDevice,
  neighbour: OnboardedDevice,
): Promise<void> => {
  const topics = topicTree(fleet.operator.configuration.topicPrefix);
  const session = await connectDevice(fleet, device);
  const outcome = await publishWhereForbidden(session, `${topics.thing(String(neighbour.result['thingName']))}/telemetry`);
  await session.close();
  expectations.expect("publishing on a neighbour's topic ends the connection", outcome === 'refused', outcome);
};
