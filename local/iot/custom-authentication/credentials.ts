import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { Presented } from './presented.ts';

/** Parameters of custom authentication by name: HTTP headers, the request's query string, the query string in the MQTT user name. */
export type Credentials = (name: string) => string | undefined;

/** Names of parameters whose names the owner does not choose (DG:custom-auth). */
export const authorizerNameParameter = 'x-amz-customauthorizer-name';
export const signatureParameter = 'x-amz-customauthorizer-signature';

/** The user name before its query string, and the query string with its question mark. */
export const splitUsername = (username: string): { readonly name: string; readonly query: string } => {
  const at = username.indexOf('?');
  return at < 0 ? { name: username, query: '' } : { name: username.slice(0, at), query: username.slice(at) };
};

/** Reads them all; the first place that has a name wins. */
export const credentialsOf = ({ http, mqtt }: Presented, behaviour: IotBehaviour): Credentials => {
  const queryOf = (text: string): URLSearchParams =>
    new URLSearchParams(behaviour['custom-authentication.plus-is-space'] ? text : text.replaceAll('+', '%2B'));
  const headers = new Map(Object.entries(http?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const queries = [http?.queryString ?? '', splitUsername(mqtt?.username ?? '').query].map(queryOf);
  return (name) => headers.get(name.toLowerCase()) ?? queries.map((query) => query.get(name)).find((value) => value !== null) ?? undefined;
};
