import type { WrittenEvent } from '../written-event.ts';
import { known } from './known.ts';
import type { EntityKind } from './ocsf-mapping.ts';

type Attributes = Readonly<Record<string, unknown>>;

const UNKNOWN = 'unknown';
const IOT_DEVICE = { type_id: 7, type: 'IOT' };

/** What names the credential that an event is about, of whatever approach. */
const credentialOf = ({ certificateId, credentialId, keyDigest }: WrittenEvent): string | undefined =>
  certificateId ?? credentialId ?? keyDigest;

/** A device as who it says to be, as OCSF takes it where somebody logs on. */
export const userOf = (event: WrittenEvent): Attributes => ({
  type_id: 99,
  type: 'Device',
  uid: event.thingName ?? event.serialNumber ?? event.claimCertificateId ?? event.correlationId ?? UNKNOWN,
  ...known('name', event.serialNumber),
  ...known('credential_uid', credentialOf(event)),
  ...known('org', event.tenant === undefined ? undefined : { name: event.tenant }),
});

/** Who did it. */
export const actorOf = (event: WrittenEvent): Attributes => {
  const { actor } = event;
  switch (actor.kind) {
    case 'device':
      return { user: userOf(event) };
    case 'operator':
      return { user: { type_id: 1, type: 'User', uid: actor.arn } };
    case 'service':
      return { app_name: actor.name };
  }
};

/** The device that an event is about. */
export const deviceOf = ({ thingName, serialNumber }: WrittenEvent): Attributes => ({
  ...IOT_DEVICE,
  uid: thingName ?? serialNumber ?? UNKNOWN,
  ...known('name', serialNumber),
});

/** Where it came from, where that is on record. */
export const sourceOf = ({ addressDigest }: WrittenEvent): { readonly src_endpoint?: Attributes } =>
  addressDigest === undefined ? {} : { src_endpoint: { uid: addressDigest } };

/** What was made, changed or taken away. */
export const entityOf = (event: WrittenEvent, kind: EntityKind): Attributes => {
  if (kind === 'device')
    return { type_id: 1, type: 'Device', uid: deviceOf(event)['uid'], ...known('name', event.serialNumber), device: deviceOf(event) };
  const { uid, name, type } = named(event, kind);
  return { type_id: 99, type, uid: uid ?? name ?? UNKNOWN, ...known('name', name) };
};

interface Named {
  readonly type: string;
  readonly uid?: string | undefined;
  readonly name?: string | undefined;
}

const named = (event: WrittenEvent, kind: Exclude<EntityKind, 'device'>): Named => {
  switch (kind) {
    case 'certificate':
      return { type: 'Certificate', uid: credentialOf(event) };
    case 'claim':
      return { type: 'Claim', uid: event.claimCertificateId, name: event.claim };
    case 'line':
      return { type: 'Product line', name: event.line };
    case 'manufacturer':
      return { type: 'Manufacturer', uid: event.kid, name: event.manufacturer };
    case 'vendor-ca':
      return { type: 'Certificate authority', uid: event.vendorCaId };
    case 'manifest':
      return { type: 'Manifest', uid: event.manifest };
  }
};
