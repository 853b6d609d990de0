import type { LineName } from '../identifiers.ts';

/** What is measured of the devices of a line, by the names that CloudWatch knows it by. */
export const fleetMetrics = {
  /** How old a credential in use is, in days: told of every device once a day. */
  credentialAge: 'CredentialAgeDays',
  /** In how many days it expires; of those that expire within the life of a device. */
  credentialDaysLeft: 'CredentialDaysLeft',
  /** How many devices are asked to rotate, and not through. */
  rotationsRunning: 'RotationsRunning',
  /** For how many hours the credential that is due longest has waited for its rotation; 0 when none is due. */
  rotationOverdue: 'RotationOverdueHours',
} as const;

export type FleetMetric = (typeof fleetMetrics)[keyof typeof fleetMetrics];

/** What it tells stands as a metric of the line, and of the whole deployment. */
export interface FleetGauge {
  /** Values of devices or of the line; at most a hundred of each. */
  tell(line: LineName, measured: Readonly<Partial<Record<FleetMetric, readonly number[]>>>): void;
}
