import * as z from 'zod/mini';
import { attentions } from '../attention.ts';
import { attestations } from '../attestation.ts';
import { enrollmentStates } from '../enrollment-state.ts';
import { certificateId, claimName, keyDigest, lineName, tenantName, thingName } from '../identifiers.ts';
import { rotationId } from '../rotation/rotation.ts';
import { serialNumber } from '../serial-number.ts';

const certificate = z.object({
  id: certificateId,
  /** SHA-256 of its public key; not for everybody. */
  key: z.exactOptional(keyDigest),
  /** Milliseconds since the epoch. */
  issuedAt: z.number(),
});

/** A key that asked, and how it came. */
const asking = z.object({
  key: keyDigest,
  /** Milliseconds since the epoch. */
  at: z.number(),
  correlationId: z.string(),
  /** Where the connection came from, where that was seen. */
  address: z.exactOptional(z.string()),
});

/** Not for everybody: what is public of what the device must prove, its keys, and where they came from. */
const evidence = z.object({
  attestation: z.exactOptional(z.enum(attestations)),
  details: z.record(z.string(), z.string()),
  boundKey: z.exactOptional(keyDigest),
  /** Where the bound key came from, while another asks for the serial. */
  boundAddress: z.exactOptional(z.string()),
  candidateKey: z.exactOptional(keyDigest),
  pending: z.exactOptional(asking),
  approvedKey: z.exactOptional(keyDigest),
  contender: z.exactOptional(asking),
  readmission: z.exactOptional(z.object({ until: z.number(), key: z.exactOptional(keyDigest) })),
  refusedKeys: z.readonly(z.array(keyDigest)),
});

/** A device as those who run the fleet are shown it. What is not named here does not leave the function. */
export const deviceRecord = z.object({
  line: lineName,
  serialNumber,
  thingName,
  tenant: tenantName,
  /** Those that it belonged to before, in their order, and until when; not for who sees some tenants only. */
  formerOwners: z.exactOptional(z.readonly(z.array(z.object({ tenant: tenantName, until: z.number() })))),
  /** Nobody comes in as it until what it had for its former owner is deleted. */
  isChangingHands: z.exactOptional(z.literal(true)),
  /** Nobody comes in as it until it is said what it must prove, since what it proved itself by was its former owner's, too. */
  awaitsProof: z.exactOptional(z.literal(true)),
  /** Keys of versions before this were a former owner's: they count no more. */
  firstKeyVersion: z.exactOptional(z.number()),
  approach: z.string(),
  state: z.enum(enrollmentStates),
  quarantinedFrom: z.exactOptional(z.enum(enrollmentStates)),
  /** True where its quarantine leaves it not even its diagnosis. */
  quarantineLeavesNothing: z.exactOptional(z.boolean()),
  /** What an operator must do about it. */
  attention: z.exactOptional(z.enum(attentions)),
  onProbation: z.boolean(),
  version: z.number(),
  attributes: z.exactOptional(z.record(z.string(), z.string())),
  /** SHA-256 of the manifest that it was imported from, in hexadecimal digits. */
  manifest: z.exactOptional(z.string()),
  countedAgainst: z.exactOptional(claimName),
  certificates: z.readonly(z.array(certificate)),
  certificateInUse: z.exactOptional(certificateId),
  toRetire: z.readonly(z.array(certificateId)),
  /** When what it holds now was issued or first seen, and when that is to be replaced: milliseconds since the epoch. */
  credentialSince: z.exactOptional(z.number()),
  rotateAt: z.exactOptional(z.number()),
  /** While it is being replaced. */
  rotation: z.exactOptional(z.object({ id: rotationId, startedAt: z.number(), until: z.number() })),
  /** How many rotations came to nothing since the last that succeeded. */
  failedRotations: z.exactOptional(z.int()),
  /** The proof that let it in last, where its approach accepts none twice; when it was made, in milliseconds since the epoch. */
  lastProof: z.exactOptional(z.object({ at: z.number(), keyVersion: z.number() })),
  /** The client id that it was seen with, where that is not its thing's name. */
  connectsAs: z.exactOptional(z.string()),
  evidence: z.exactOptional(evidence),
  /** Until when a ticket is good by which it may come back: milliseconds since the epoch. */
  recoveryUntil: z.exactOptional(z.number()),
  /** Two devices seem to use its credential: the day on which that was last thought, and where they connect from; not for everybody. */
  suspicion: z.exactOptional(z.object({ on: z.string(), addresses: z.exactOptional(z.readonly(z.array(z.string()))) })),
  /** It published again and again what it may not: the day on which that last came to notice. */
  publishesRefusedOn: z.exactOptional(z.string()),
  /** `at`: milliseconds since the epoch. */
  lastEvent: z.object({ id: z.string(), at: z.number(), code: z.string() }),
});

export type DeviceRecord = z.infer<typeof deviceRecord>;
export type DeviceEvidence = z.infer<typeof evidence>;
