import { createHash, createHmac } from 'node:crypto';

export interface Signing {
  readonly service: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** `fetch` with a Signature Version 4 in its headers (IAM User Guide, "Create a signed AWS API request"). The path must need no encoding. */
export const signedFetch = (
  url: string,
  signing: Signing,
  init: { readonly method?: string; readonly body?: string } = {},
): Promise<Response> => {
  const { method = 'GET', body = '' } = init;
  const { host, pathname, searchParams } = new URL(url);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const token = signing.credentials.sessionToken;
  const headers = { host, 'x-amz-date': stamp, ...(token === undefined ? {} : { 'x-amz-security-token': token }) };
  const names = Object.keys(headers).join(';');
  searchParams.sort();
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, pathname, searchParams.toString(), lines.join(''), names, sha256(body)].join('\n');
  const scope = [stamp.slice(0, 8), signing.region, signing.service, 'aws4_request'];
  const key = scope.reduce<Buffer | string>(hmac, `AWS4${signing.credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical)].join('\n')).toString('hex');
  const credential = [signing.credentials.accessKeyId, ...scope].join('/');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return fetch(url, { method, headers: { ...headers, authorization }, ...(body === '' ? {} : { body }) });
};
