import * as z from 'zod/mini';
import { type Attestation, attestations } from './attestation.ts';
import { type LineName, type TenantName, lineName, tenantName } from './identifiers.ts';

/** Chooses for the devices whose attributes hold one of the values under every name; the first rule that fits decides. */
export interface AllocationRule {
  /** Values by the name of an attribute of the manifest; no name means every device. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly tenant?: TenantName | undefined;
  /** A group below the line's own, by its short name. */
  readonly group?: string | undefined;
  /** What the device is told beside its topics, e.g. a reporting interval. */
  readonly configuration?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** What an onboarding decision depends on besides claim and enrollment: the settings of the device's line. */
export interface LineSettings {
  readonly name: LineName;
  /** The least that a device must prove. */
  readonly attestation: Attestation;
  /** `operator`: nobody comes in before an operator said yes to this very key. */
  readonly approval: 'none' | 'operator';
  /**
   * When another key may come in for a serial that is bound: `never`, with device-unique evidence (`replace`), or once after
   * an operator let it (`released`).
   */
  readonly reprovision: 'never' | 'replace' | 'released';
  readonly allocation: readonly AllocationRule[];
  /** No serial comes in that is bound to no key yet; left out where one may. */
  readonly isClosed?: boolean | undefined;
  /** A device that was in comes back by a technician's claim only while two people hold a way back open for it; left out where that is the technician's to say. */
  readonly returnsByTwo?: boolean | undefined;
}

const allocationRule = z.object({
  when: z.record(z.string(), z.array(z.string())),
  tenant: z.optional(tenantName),
  group: z.optional(z.string()),
  configuration: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

const lineSettings = z.object({
  name: lineName,
  attestation: z.enum(attestations),
  approval: z.enum(['none', 'operator']),
  reprovision: z.enum(['never', 'replace', 'released']),
  allocation: z.array(allocationRule),
  isClosed: z.optional(z.boolean()),
  returnsByTwo: z.optional(z.boolean()),
});

/**
 * Reads the settings of a deployment's lines from JSON text.
 * @throws when it is none: nothing may be decided without them.
 */
export const parseLineSettings = (json: string): readonly LineSettings[] => z.parse(z.array(lineSettings), JSON.parse(json));
