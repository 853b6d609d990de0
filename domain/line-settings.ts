import type { Attestation } from './attestation.ts';
import type { LineName, TenantName } from './identifiers.ts';

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
}
