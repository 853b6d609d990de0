import { recoveryTicket, type RecoveryTicket } from '../../domain/recovery/recovery-ticket.ts';
import * as z from 'zod/mini';
import { BadSetupError } from '../bad-setup.ts';
import type { ClaimSource } from '../store/claim-source.ts';
import { endpointOf } from '../mqtt/endpoint-choice.ts';
import { ALPN_PORT } from '../mqtt/endpoint.ts';
import { type FileSystem, nodeFileSystem } from '../store/file-system.ts';
import { readPrivateFile } from '../store/private-file.ts';

/** Where the ticket is shown, where that is another endpoint than the ticket says. */
export interface TicketPlace {
  readonly endpoint?: string | undefined;
  /** The name that is asked for in TLS, when it is not the host. */
  readonly serverName?: string | undefined;
}

/**
 * The ticket in a file as `muster devices recover` wrote it.
 * @throws BadSetupError when it is missing, no ticket, or readable by others.
 */
export const readTicket = async (path: string, fileSystem: FileSystem = nodeFileSystem): Promise<RecoveryTicket> => {
  const text = await readPrivateFile(fileSystem, path);
  if (text === undefined) throw new BadSetupError(`${path} does not exist; expected a ticket as "muster devices recover" writes it.`);
  try {
    return z.parse(recoveryTicket, JSON.parse(text));
  } catch {
    // Without the cause: it might repeat the ticket.
    throw new BadSetupError(`${path} is not a ticket as "muster devices recover" writes it.`);
  }
};

/** A ticket in the place of a claim. */
export const ticketClaimSource = (found: RecoveryTicket, place: TicketPlace): ClaimSource => {
  const { ticket, thingName, authorizer, line, template, clientIdPrefix } = found;
  const endpoint = endpointOf(place.endpoint ?? found.endpoint, ALPN_PORT);
  const identity = { ticket, thingName, authorizer, endpoint, serverName: place.serverName ?? endpoint.host };
  return {
    read: () => Promise.resolve({ identity, endpoint: found.endpoint, line, template, clientIdPrefix }),
    forget: () => Promise.resolve(),
  };
};
