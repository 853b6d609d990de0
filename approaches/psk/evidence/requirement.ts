import * as z from 'zod/mini';
import type { Requirement, RequirementDescription } from '../../../domain/enroller.ts';

const versionText = z.string().check(z.regex(/^[1-9][0-9]{0,5}$/));

const requirement = z.strictObject({ proof: z.literal('derived-key'), keyVersion: z.exactOptional(versionText) });

/** What every PSK device must prove: that it holds the key which derives from its names. There is nothing to keep secret in it. */
export const PSK_REQUIREMENT = { proof: 'derived-key' } as const satisfies z.infer<typeof requirement>;

/** The same, by a key of this version or a later one. */
export const pskRequirementFrom = (keyVersion: number): Requirement => ({ ...PSK_REQUIREMENT, keyVersion: String(keyVersion) });

/** The version from which on a key counts; `undefined` where PSK does not know what is required. */
export const firstVersionOf = (recorded: unknown): number | undefined => {
  const required = z.safeParse(requirement, recorded).data;
  return required && Number(required.keyVersion ?? 1);
};

/** What anybody may know of a requirement; `undefined` where PSK does not know it. */
export const describePskRequirement = (recorded: Requirement): RequirementDescription | undefined => {
  const required = z.safeParse(requirement, recorded).data;
  return required && { attestation: 'device-secret', details: { ...required } };
};
