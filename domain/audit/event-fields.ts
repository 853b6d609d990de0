import type { AuditEvent } from '../audit-event.ts';

/** What becomes of a datum where events leave the company: it stays, another name takes its place, or it is left out. */
export type Treatment = 'kept' | 'replaced' | 'left out';

/** Every kind of datum that an event can hold. No secret, token or MAC is among them, and a field is of one of these kinds. */
export const datumKinds = {
  code: { treatment: 'kept', what: "one of a closed list of words, of ours or of AWS's" },
  time: { treatment: 'kept', what: 'a moment' },
  count: { treatment: 'kept', what: 'a number' },
  product: { treatment: 'kept', what: 'the name of a part of the fleet' },
  event: { treatment: 'replaced', what: 'the id of an event; of some, the name of the device is a part' },
  device: { treatment: 'replaced', what: 'the name of a device; where people own devices it leads to a person' },
  credential: { treatment: 'replaced', what: 'the public name of a certificate, key or token' },
  connection: { treatment: 'replaced', what: 'the name of one attempt or connection' },
  place: { treatment: 'replaced', what: 'a digest that stands for an address' },
  person: { treatment: 'replaced', what: 'who acted, as an ARN' },
  organisation: { treatment: 'replaced', what: 'the name of a tenant or a maker' },
  resource: { treatment: 'replaced', what: 'the name of something at AWS, or the digest of a file' },
  words: { treatment: 'left out', what: 'what somebody wrote' },
} as const satisfies Readonly<Record<string, { readonly treatment: Treatment; readonly what: string }>>;

export type Datum = keyof typeof datumKinds;

export interface FieldMeaning {
  readonly datum: Datum;
  readonly what: string;
}

/** What each field of an event says, and what kind of datum it is. The page on events is written from it. */
export const fieldMeanings: Readonly<Record<keyof AuditEvent, FieldMeaning>> = {
  schemaVersion: { datum: 'count', what: '1' },
  id: { datum: 'event', what: 'unique; an event that is delivered or emitted again has the same' },
  at: { datum: 'time', what: 'milliseconds since the epoch' },
  code: { datum: 'code', what: 'one of the codes above' },
  actor: { datum: 'person', what: '`{"kind":"device"}`, `{"kind":"operator","arn":…}` or `{"kind":"service","name":…}`' },
  reason: { datum: 'code', what: 'of a refusal: one of the reasons below' },
  correlationId: {
    datum: 'connection',
    what: "the client id of the claim connection, the id of the certificate that a device came with, or AWS IoT's id of the connection that an authorizer judged, or the rotation: everything that one attempt led to carries the same",
  },
  line: { datum: 'product', what: 'the product line' },
  tenant: { datum: 'organisation', what: 'whom the device belongs to' },
  formerTenant: { datum: 'organisation', what: 'whom it belonged to before it was given to `tenant`' },
  approach: { datum: 'code', what: 'how the device proves who it is' },
  serialNumber: { datum: 'device', what: 'the name that the device was born with' },
  thingName: { datum: 'device', what: 'the name of its record in AWS IoT' },
  certificateId: { datum: 'credential', what: 'the certificate that the event is about' },
  keyDigest: {
    datum: 'credential',
    what: 'SHA-256 of the public key that was proven (SubjectPublicKeyInfo), or what names a key that is secret',
  },
  boundKeyDigest: {
    datum: 'credential',
    what: 'where an event is about another key: the one that the serial is bound to, or that waits for it',
  },
  credentialId: {
    datum: 'credential',
    what: 'what names the credential of a device that has no certificate: the version of its key, or the id of its key or token',
  },
  addressDigest: {
    datum: 'place',
    what: 'where a connection came from: HMAC-SHA-256 of the address under a salt of its own, which is forgotten after 90 days',
  },
  operation: {
    datum: 'code',
    what: 'what was asked of the operations function, e.g. `devices.import`; of what AWS tells, its own word: the API call, the kind of log entry, or the audit check',
  },
  awsService: { datum: 'code', what: 'whose API was called, as AWS names it, e.g. `iot.amazonaws.com`' },
  resource: {
    datum: 'resource',
    what: 'what a call was about: an ARN, or a name where AWS tells no ARN; of an address that was shown, the id of its event',
  },
  awsReason: {
    datum: 'code',
    what: "why, in a word of AWS's: the error of a call, the reason of a disconnect, of a log entry or of a finding",
  },
  scope: { datum: 'product', what: 'the rights under which it was asked' },
  proposedBy: { datum: 'person', what: 'where it took two people: the first of them, as an ARN; the second is the actor' },
  note: { datum: 'words', what: "why, in the operator's own words" },
  manufacturer: { datum: 'organisation', what: 'whose key vouched for a manifest' },
  kid: { datum: 'credential', what: 'that key, or the one that device keys were encrypted to: its JWK thumbprint (RFC 7638)' },
  manifest: { datum: 'resource', what: 'SHA-256 of the manifest' },
  counts: { datum: 'count', what: 'what came of its rows: `rows`, `created`, `unchanged`, `conflicting`, `refused`' },
  vendorCaId: { datum: 'credential', what: "the vendor's CA, as AWS IoT calls it" },
  claim: { datum: 'product', what: 'the name of the claim' },
  claimCertificateId: { datum: 'credential', what: 'the certificate of the claim that was used' },
  leftOut: { datum: 'count', what: 'how many refusals of the same instance before this one were left out, because a flood made too many' },
  lost: { datum: 'count', what: 'how many of what AWS counted are not in history' },
  rotation: { datum: 'connection', what: 'the rotation of a credential that it is a step of: the name of its AWS IoT job' },
  finding: { datum: 'code', what: 'of reconciliation: one of the findings below' },
  until: { datum: 'time', what: 'when what was done ends by itself: milliseconds since the epoch' },
  since: { datum: 'time', what: 'of what is lost: up to when nothing was; milliseconds since the epoch' },
};
