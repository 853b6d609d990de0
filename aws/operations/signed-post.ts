import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from './node-sha256.ts';
import { OperationsUnreachableError } from './operations-error.ts';
import type { Reply } from './operations-client.ts';

type SignerSettings = ConstructorParameters<typeof SignatureV4>[0];

export interface Signing {
  readonly credentials: SignerSettings['credentials'];
  readonly region: SignerSettings['region'];
  /** Ends what hangs: a function behind a URL runs a minute at the most. */
  readonly limitMs?: number;
}

/** Posts JSON to function URLs, signed as AWS wants it (Lambda Developer Guide, "Control access to Lambda function URLs"). */
export const createSignedPost = ({ credentials, region, limitMs = 70_000 }: Signing) => {
  const signer = new SignatureV4({ service: 'lambda', region, credentials, sha256: NodeSha256 });
  return async (url: string, body: string): Promise<Reply> => {
    const { protocol, hostname, host, pathname } = new URL(url);
    const headers = { host, 'content-type': 'application/json' };
    const signed = await signer.sign({ method: 'POST', protocol, hostname, path: pathname, headers, body });
    // `fetch` says the host by itself.
    const sent = Object.entries(signed.headers).filter(([name]) => name !== 'host');
    const request = { method: 'POST', headers: sent, body, signal: AbortSignal.timeout(limitMs) };
    const response = await fetch(url, request).catch((error: unknown) => {
      throw new OperationsUnreachableError(url, error);
    });
    return { status: response.status, body: await response.text() };
  };
};
