import type { ConnectionOccasion } from '../../../domain/prover.ts';
import { userNameOf } from '../../../domain/connection/device-user-name.ts';

/** The user name for a connection: the device's where the client id is its thing's name; with ids of another service nobody reads it. */
export const userNameFor = ({ clientId, line, serialNumber }: ConnectionOccasion): string => {
  const [prefix = clientId, ...rest] = clientId.split(':');
  return rest.length === 0 ? clientId : userNameOf(prefix, line, serialNumber);
};
