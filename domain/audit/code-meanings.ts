import type { Actor, AuditCode } from '../audit-event.ts';

/**
 * What was decided about whoever asked:
 * - `admit`: they got what they asked for
 * - `restrict`: they got a part of it
 * - `hold`: somebody else must agree first
 * - `refuse`: they got nothing
 */
export type Verdict = 'admit' | 'restrict' | 'hold' | 'refuse';

/** What a code says; where it is no decision about somebody's request, it has no verdict. */
export interface CodeMeaning {
  readonly what: string;
  readonly by: readonly Actor['kind'][];
  readonly verdict?: Verdict;
}

/** What each code says. The page on events is written from it. */
export const codeMeanings: Readonly<Record<AuditCode, CodeMeaning>> = {
  'claim.created': { by: ['operator'], what: "a batch's claim was created and may be used" },
  'claim.rotated': { by: ['operator'], what: 'a claim was given another certificate, which counts on the same quota' },
  'claim.closed': {
    by: ['operator', 'service'],
    what: 'a certificate of a claim was closed for good; an expired or used-up one by the sweep',
  },
  'manufacturer.registered': { by: ['operator'], what: "a manufacturer's key may sign manifests for the lines that it was registered for" },
  'manufacturer.removed': { by: ['operator'], what: "a manufacturer's key may sign no more; devices of its manifests stay what they are" },
  'vendor-ca.trusted': {
    by: ['operator'],
    what: "a vendor's CA may name devices of its line: their certificates register themselves and are judged",
  },
  'vendor-ca.distrusted': { by: ['operator'], what: "a vendor's CA names no more devices; those that came in stay what they are" },
  'manifest.imported': { by: ['operator'], what: 'a manifest was read to its end and its rows were enrolled, as `counts` says' },
  'device.registered': { by: ['operator'], what: 'a device was enrolled: it may come and prove itself' },
  'admission.granted': {
    by: ['device', 'operator'],
    verdict: 'admit',
    what: 'a device proved itself and was let in, or was imported with its certificate; its serial is bound to its key',
  },
  'admission.held': {
    by: ['device'],
    verdict: 'hold',
    what: "a device proved itself on a line that wants an operator's approval, for the first time: its key waits",
  },
  'admission.refused': { by: ['device'], verdict: 'refuse', what: 'somebody asked to be let in and was refused; `reason` says why' },
  'device.contested': {
    by: ['device'],
    what: 'another key proved itself for a serial that is bound or waits, for the first time: a clone, a squatter, or a device that lost its key',
  },
  'device.approved': { by: ['operator'], what: 'an operator said yes to a key that waits, or that is yet to come' },
  'device.confirmed': { by: ['operator'], what: 'an operator knows that a device on probation is the one: its probation is over' },
  'device.readmitted': { by: ['operator'], what: 'an operator let another key in for a serial that is bound, once and for a time' },
  'device.resolved': { by: ['operator'], what: 'two keys asked for one serial: `keyDigest` was kept, the other never comes in again' },
  'device.recovery-opened': {
    by: ['operator'],
    what: 'two people made a ticket by which a device may come back whose certificate is over, once and for a time',
  },
  'device.recovery-used': {
    by: ['device'],
    verdict: 'admit',
    what: 'a device showed its ticket and the key that its serial is bound to: it may ask for another certificate',
  },
  'device.clone-suspected': {
    by: ['service'],
    what: 'the connection of a device goes back and forth between addresses, each end taking it from the other: two devices seem to use one credential; told once a day',
  },
  'device.publishes-refused': {
    by: ['service'],
    what: 'AWS IoT refused more messages of a device than a line that has this listened for puts up with; told once a day',
  },
  'device.quarantined': {
    by: ['operator', 'service'],
    what: 'everything but its diagnosis topics was taken from a device; by the service where its line says so',
  },
  'device.released': { by: ['operator'], what: 'a device returned from quarantine to the state that it came from' },
  'device.revoked': { by: ['operator'], what: 'a device was shut out for good' },
  'device.transferred': {
    by: ['operator'],
    what: 'a device was given to another tenant: it must come in again, by what its former owner never had, and until nothing is left of what it had it may not',
  },
  'device.transferred-with-proof': {
    by: ['operator'],
    what: 'the same, but it goes on proving itself by what it did, which the new owner accepted: whoever has a copy of that may be taken for it',
  },
  'device.decommissioned': {
    by: ['operator'],
    what: 'a device was taken out of service: nothing of it stays at AWS IoT, and its serial comes in no more',
  },
  'connection.granted': { by: ['device'], verdict: 'admit', what: 'an authorizer let a device connect; on a refresh of its policy, again' },
  'connection.restricted': {
    by: ['device'],
    verdict: 'restrict',
    what: 'an authorizer let a device connect for one thing alone; `reason` says why: its diagnosis in quarantine, or asking for the time',
  },
  'connection.refused': {
    by: ['device'],
    verdict: 'refuse',
    what: 'somebody asked an authorizer to connect and was refused; `reason` says why',
  },
  'device-key.issued': {
    by: ['device', 'operator'],
    verdict: 'admit',
    what: 'a derived key of a device left the cloud, encrypted to whom `kid` names',
  },
  'device.activated': {
    by: ['service'],
    what: "a device was seen in a connection with what it was let in by: a certificate of the bound key, or an authorizer's word",
  },
  'certificate.issued': {
    by: ['device'],
    verdict: 'admit',
    what: 'the own authority issued a certificate for a device that may come in by it, or that is in: it opens nothing before the device is admitted',
  },
  'certificate.refused': { by: ['device'], verdict: 'refuse', what: 'somebody asked for a certificate and got none; `reason` says why' },
  'certificate.retired': {
    by: ['service', 'operator'],
    what: 'a certificate was taken out of use: another one is in use, or its device or key was shut out',
  },
  'rotation.started': {
    by: ['service', 'operator'],
    what: 'a device is asked for another credential; the one that it has stays as good as it was',
  },
  'rotation.offered': {
    by: ['device'],
    verdict: 'admit',
    what: 'it asked for another and was given it; nothing is retired before it connects with that',
  },
  'rotation.refused': {
    by: ['device'],
    verdict: 'refuse',
    what: 'somebody asked for another credential and was refused; `reason` says why',
  },
  'rotation.completed': {
    by: ['service'],
    what: 'the device was seen in a connection with its new credential: what it had before is to be retired',
  },
  'rotation.withdrawn': {
    by: ['service', 'operator'],
    what: 'nothing came of it in time: the device goes on with what it has, and is asked again later',
  },
  'rotation.demanded': {
    by: ['operator'],
    what: 'an operator wants every credential of a line replaced that is in use now, whenever it is due',
  },
  'rotation.halted': {
    by: ['service', 'operator'],
    what: 'nobody more of the line is asked for another credential: too many rotations did not succeed, or an operator said so',
  },
  'rotation.resumed': { by: ['operator'], what: 'an operator lets the rotation of a line go on; it begins anew, with a few' },
  'reconciliation.found': {
    by: ['service'],
    what: 'the registry and AWS IoT do not say the same, and a person must decide; `finding` says what',
  },
  'reconciliation.repaired': { by: ['service', 'operator'], what: 'they did not say the same, and it was put right; `finding` says what' },
  'defender.found': {
    by: ['service'],
    what: 'AWS IoT Device Defender found something by an audit, and nobody had suppressed it, or a device that does not behave as usual; `operation` is the check or the behavior, `awsReason` why',
  },
  'defender.suppressed': {
    by: ['operator'],
    what: 'that the certificate of a claim is used by several devices is no finding any more, `until` the claim ends',
  },
  'defender.unsuppressed': { by: ['operator', 'service'], what: 'it is a finding again: the claim is closed' },
  'operation.proposed': {
    by: ['operator'],
    verdict: 'hold',
    what: 'the first of two people asked for what takes two: nothing is done yet',
  },
  'operation.refused': {
    by: ['operator'],
    verdict: 'refuse',
    what: "an operator asked for what cannot be, or what their scope may not do; IAM's own refusals are in CloudTrail",
  },
  'address.shown': {
    by: ['operator'],
    what: 'somebody was told where a connection came from; `resource` is the event whose address it was',
  },
  'decisions.lost': {
    by: ['service'],
    what: 'AWS Lambda counted more calls of the pre-provisioning hook than there are decisions in the log: `lost` more, between `since` and seven hours before this event',
  },
  'events.lost': {
    by: ['service'],
    what: 'the log took in more events than were stored to be sealed: `lost` more, between `since` and seven hours before this event',
  },
  'presence.connected': {
    by: ['device'],
    what: 'AWS IoT tells that a connection of the fleet was made; `addressDigest` stands for where it came from',
  },
  'presence.disconnected': { by: ['device', 'service'], what: 'AWS IoT tells that a connection of the fleet ended; `awsReason` says why' },
  'aws.called': {
    by: ['operator', 'service'],
    what: 'CloudTrail tells of a management call on what belongs to Muster; `operation` is the call, `awsReason` its error, if any',
  },
  'iot.logged': {
    by: ['device', 'service'],
    what: "AWS IoT logged a failure of the fleet's; `operation` is the kind of entry, `awsReason` why it failed",
  },
};
