import type { LineName } from '../../domain/identifiers.ts';
import type { FleetGauge } from '../../domain/monitoring/fleet-gauge.ts';

/** A gauge that can be read. */
export const recordedFleetGauge = () => {
  const told: { readonly line: LineName; readonly measured: object }[] = [];
  const gauge: FleetGauge = {
    tell: (line, measured) => {
      told.push({ line, measured });
    },
  };
  return { gauge, told };
};
