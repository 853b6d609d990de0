import { BadSetupError } from '../bad-setup.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';

/**
 * The endpoint in this text.
 * @throws BadSetupError when there is none.
 */
export const endpointOf = (text: string | undefined, defaultPort?: number): Endpoint => {
  const endpoint = text === undefined ? undefined : parseEndpoint(text, defaultPort);
  if (endpoint !== undefined) return endpoint;
  throw new BadSetupError(
    `The endpoint is ${text === undefined ? 'not given' : `"${text}"`}; expected "host" or "host:port", from --endpoint or the file that the device was given.`,
  );
};
