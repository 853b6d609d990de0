import { DAY_MS } from '../../domain/duration.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { type FleetGauge, fleetMetrics } from '../../domain/monitoring/fleet-gauge.ts';

/** Tells how old the credentials in use are, and when they end. A page of the full pass at a time: within a day, of the whole fleet. */
export const tellAges = (gauge: FleetGauge, rows: readonly Enrollment[], at: number): void => {
  for (const [line, devices] of Map.groupBy(rows.filter(isInUse), (row) => row.line)) {
    gauge.tell(line, {
      [fleetMetrics.credentialAge]: devices.flatMap(({ credentialSince }) => inDays(at, credentialSince, -1)),
      [fleetMetrics.credentialDaysLeft]: devices.flatMap((device) => inDays(at, expiryOf(device), 1)),
    });
  }
};

const isInUse = ({ state }: Enrollment): boolean => state === 'active' || state === 'rotating';

const expiryOf = ({ certificates, certificateInUse }: Enrollment): number | undefined =>
  certificates.find(({ id }) => id === certificateInUse)?.expiresAt;

const inDays = (at: number, time: number | undefined, sign: 1 | -1): readonly number[] =>
  time === undefined ? [] : [Math.floor((sign * (time - at)) / DAY_MS)];
