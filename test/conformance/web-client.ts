import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import type { AgentOptions } from 'node:https';

import type { AuthorizerWorld } from './authorizer-world.ts';

export interface WebAnswer {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly body: unknown;
}

export interface Post {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly method?: string;
  readonly tls?: AgentOptions;
}

/** One HTTPS request to the data endpoint, on the port that is 443 at AWS. */
export const send = async (
  world: AuthorizerWorld,
  { path, headers = {}, body = '', method = 'POST', tls = {} }: Post,
): Promise<WebAnswer> => {
  const host = world.aws.services.iot.dataEndpoint;
  const outgoing = request({
    ...{ host: '127.0.0.1', port: world.aws.mqtt.customAuthPort, path, method, ca: world.aws.rootCa, servername: host },
    ...{ headers: { host, ...headers }, agent: false, ...tls },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const answer = await text(incoming);
  const errorType = incoming.headers['x-amzn-errortype'];
  return {
    status: incoming.statusCode ?? 0,
    errorType: errorType?.toString(),
    body: answer === '' ? undefined : (JSON.parse(answer) as unknown),
  };
};

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const signatureOf = (
  canonical: string,
  { stamp, scope, secret }: { readonly stamp: string; readonly scope: readonly string[]; readonly secret: string },
) => {
  const key = scope.reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical)].join('\n')).toString('hex');
};

const stampAt = (timeMs: number): string => new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** A POST with Signature Version 4 in its headers; the path must need no encoding. */
export const signedPost = (world: AuthorizerWorld, { path, body = '' }: Post, credentials: Credentials): Post => {
  const stamp = stampAt(world.clock.now());
  const scope = [stamp.slice(0, 8), world.aws.account.region, 'iotdata', 'aws4_request'];
  const token = credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken };
  const headers: Record<string, string> = { host: world.aws.services.iot.dataEndpoint, 'x-amz-date': stamp, ...token };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const [pathname = '', query = ''] = path.split('?');
  const canonical = ['POST', pathname, query, lines.join(''), names, sha256(body)].join('\n');
  const signature = signatureOf(canonical, { stamp, scope, secret: credentials.secretAccessKey });
  const authorization = `AWS4-HMAC-SHA256 Credential=${[credentials.accessKeyId, ...scope].join('/')}, SignedHeaders=${names}, Signature=${signature}`;
  return { path, body, headers: { ...headers, authorization } };
};

/** The path of a presigned WebSocket address; the token of a temporary key comes after what is signed, as devices do it. */
export const presignedPath = (world: AuthorizerWorld, credentials: Credentials): string => {
  const stamp = stampAt(world.clock.now());
  const scope = [stamp.slice(0, 8), world.aws.account.region, 'iotdevicegateway', 'aws4_request'];
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', [credentials.accessKeyId, ...scope].join('/')],
    ['X-Amz-Date', stamp],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const canonical = ['GET', '/mqtt', query, `host:${world.aws.services.iot.dataEndpoint}\n`, 'host', sha256('')].join('\n');
  const signature = signatureOf(canonical, { stamp, scope, secret: credentials.secretAccessKey });
  const token = credentials.sessionToken === undefined ? '' : `&X-Amz-Security-Token=${encodeURIComponent(credentials.sessionToken)}`;
  return `/mqtt?${query}&X-Amz-Signature=${signature}${token}`;
};
