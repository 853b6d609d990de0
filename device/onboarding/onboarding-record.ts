import * as z from 'zod/mini';

const certificate = z.object({ certificateId: z.string(), certificatePem: z.string() });
const registration = z.extend(certificate, {
  thingName: z.string(),
  endpoint: z.string(),
  configuration: z.optional(z.record(z.string(), z.string())),
});

const approval = z.object({ asked: z.int().check(z.positive()), askAgainAt: z.number() });

const head = { schemaVersion: z.literal(1), serialNumber: z.string() };

/**
 * How far the onboarding of a device has come, written before each step that a power cut must not lose:
 *
 * - `asking`: nothing is held but the key; `spare` is a credential that works though the answer that named it was lost
 * - `unanswered`: a certificate was issued and its registration perhaps asked for; it works, or it never will
 * - `registered`: the cloud said yes; the credential is yet to be proven
 * - `onboarded`: the credential was proven and is in place
 *
 * `approval` says when to ask again, where an operator must say yes first.
 *
 * The ownership token is never kept: it dies within the hour, and the key can ask for another certificate at any time.
 */
const schema = z.discriminatedUnion('stage', [
  z.object({ ...head, stage: z.literal('asking'), spare: z.optional(registration), approval: z.optional(approval) }),
  z.object({ ...head, stage: z.literal('unanswered'), certificate, spare: z.optional(registration), approval: z.optional(approval) }),
  z.object({ ...head, stage: z.literal('registered'), registration }),
  z.object({ ...head, stage: z.literal('onboarded'), registration }),
]);

export type OnboardingRecord = z.infer<typeof schema>;
export type Certificate = z.infer<typeof certificate>;
export type Registration = z.infer<typeof registration>;

/** The record in this text, or `undefined` when it is none: then asking again, with the same key, is harmless. */
export const parseOnboardingRecord = (text: string): OnboardingRecord | undefined => {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
