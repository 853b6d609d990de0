import * as z from 'zod/mini';

/** Answers of fleet provisioning in JSON (DG:fleet-provision-api). An empty token is as bad as none. */
export const certificateIssued = z.object({
  certificateId: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  certificatePem: z.string().check(z.minLength(1)),
  certificateOwnershipToken: z.string().check(z.minLength(1)),
});

export const thingRegistered = z.object({
  thingName: z.string().check(z.minLength(1)),
  deviceConfiguration: z.optional(z.record(z.string(), z.string())),
});

// The device SDK's model declares all three optional.
const rejected = z.object({
  statusCode: z.optional(z.number()),
  errorCode: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
});

export type Rejection = z.infer<typeof rejected>;

/** Reads a message of a `rejected` topic; what cannot be read is a rejection without particulars. */
export const parseRejection = (payload: unknown): Rejection => {
  const parsed = z.safeParse(rejected, payload);
  return parsed.success ? parsed.data : {};
};

// DG:fleet-provision-api names no list; throttling comes as 429 over MQTT (assumed) and as 400 from the operations beneath.
const PASSING_STATUS = new Set([408, 409, 429]);
const PASSING_CODE = /^(Throttl|TooManyRequests|LimitExceeded|InternalFailure|InternalError|ServiceUnavailable|ConflictingResourceUpdate)/;
const STALE_TOKEN_CODE = 'InvalidCertificateOwnershipToken';

/**
 * What to make of a rejection: `final` is the cloud's no; `passing` may be a yes later; `stale-token` asks for another
 * certificate, since this one's token was used up or has expired.
 */
export const judgeRejection = ({ statusCode, errorCode = '' }: Rejection): 'final' | 'passing' | 'stale-token' => {
  if (errorCode === STALE_TOKEN_CODE) return 'stale-token';
  if (statusCode === undefined || statusCode >= 500 || PASSING_STATUS.has(statusCode) || PASSING_CODE.test(errorCode)) return 'passing';
  return 'final';
};
