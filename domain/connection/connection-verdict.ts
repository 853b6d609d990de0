import type { Enrollment } from '../enrollment.ts';
import type { LineName, ThingName } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';
import type { SerialNumber } from '../serial-number.ts';

/** Who says to be connecting. All of it is theirs to say until it is proven. */
export interface ConnectingDevice {
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly thingName: ThingName;
}

/** The parts of a device's boundary that what it presented may open. */
export const boundaryParts = ['own', 'line', 'tenant'] as const;

export type BoundaryPart = (typeof boundaryParts)[number];

/** For how long AWS IoT keeps a connection, and how soon it asks again what it may do. */
export interface SessionTimes {
  /** Seconds, 300 to 86,400. */
  readonly disconnectAfter: number;
  /** Seconds, 300 to 86,400; the answer is then sought again with the same proof. */
  readonly refreshAfter: number;
}

/**
 * What an approach says of who connects:
 * - `admit`: it is this device, and may do what its boundary says, as far as `parts` go; in quarantine, its diagnosis alone
 * - `clock`: it holds the device's key but does not know what time it is: it may ask for that and nothing else
 */
export type ConnectionVerdict =
  | {
      readonly verdict: 'admit';
      readonly enrollment: Enrollment;
      readonly times: SessionTimes;
      readonly parts: readonly BoundaryPart[];
      /** The id under which the device knows topics of `/devices/<id>/…` from another service; none for others. */
      readonly inheritedId?: string;
      /** Whether it showed what it must prove once its rotation is complete: by this connection it becomes so. */
      readonly provesNext?: boolean;
    }
  | { readonly verdict: 'clock'; readonly enrollment?: Enrollment }
  | { readonly verdict: 'refuse'; readonly reason: ReasonCode; readonly enrollment?: Enrollment };
