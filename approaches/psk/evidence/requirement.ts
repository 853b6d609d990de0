import * as z from 'zod/mini';
import type { Requirement, RequirementDescription } from '../../../domain/enroller.ts';

const requirement = z.strictObject({ proof: z.literal('derived-key') });

/** What every PSK device must prove: that it holds the key which derives from its names. There is nothing to keep secret in it. */
export const PSK_REQUIREMENT = { proof: 'derived-key' } as const satisfies z.infer<typeof requirement>;

export const isPskRequirement = (recorded: unknown): boolean => z.safeParse(requirement, recorded).success;

/** What anybody may know of a requirement; `undefined` where PSK does not know it. */
export const describePskRequirement = (recorded: Requirement): RequirementDescription | undefined =>
  isPskRequirement(recorded) ? { attestation: 'device-secret', details: { ...PSK_REQUIREMENT } } : undefined;
