import * as z from 'zod/mini';
import { enrollmentStates } from '../enrollment-state.ts';
import { certificateId, claimName, keyDigest, lineName, tenantName, thingName } from '../identifiers.ts';
import { serialNumber } from '../serial-number.ts';

const certificate = z.object({
  id: certificateId,
  key: keyDigest,
  /** Milliseconds since the epoch. */
  issuedAt: z.number(),
});

/** A device as those who run the fleet are shown it. What is not named here does not leave the function. */
export const deviceRecord = z.object({
  line: lineName,
  serialNumber,
  thingName,
  tenant: tenantName,
  approach: z.string(),
  /** Not for everybody: it says what a device must prove. */
  requirement: z.optional(z.readonly(z.record(z.string(), z.string()))),
  state: z.enum(enrollmentStates),
  quarantinedFrom: z.optional(z.enum(enrollmentStates)),
  version: z.number(),
  boundKey: z.optional(keyDigest),
  candidateKey: z.optional(keyDigest),
  countedAgainst: z.optional(claimName),
  certificates: z.readonly(z.array(certificate)),
  certificateInUse: z.optional(certificateId),
  toRetire: z.readonly(z.array(certificateId)),
  /** `at`: milliseconds since the epoch. */
  lastEvent: z.object({ id: z.string(), at: z.number(), code: z.string() }),
});

export type DeviceRecord = z.infer<typeof deviceRecord>;
